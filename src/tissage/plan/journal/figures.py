"""Words of the journal: figures, the links of partners, articles of pilot actions."""

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "plan.write_figures": _("a saisi des chiffres ou un bilan : %(object)s (%(figures)s)"),
        "plan.type_for_partner": _("a saisi pour %(object)s (chiffres et bilans : %(figures)s)"),
        "plan.submit_figures": _("a remis des chiffres : %(object)s (chiffres : %(figures)s, bilans : %(accounts)s)"),
        "plan.return_figure": _("a renvoyé un chiffre ou un bilan avec un commentaire : %(object)s"),
        "plan.approve_figure": _("a approuvé un chiffre ou un bilan : %(object)s"),
        "plan.open_partner_links": _("a ouvert %(links)s liens de partenaires : %(object)s"),
        "plan.change_deadline": _("a changé le délai des partenaires (%(links)s liens) : %(object)s"),
        "plan.remind_partner": _("a rappelé ses chiffres à un partenaire : %(object)s"),
        "plan.revoke_partner_link": _("a fermé le lien d’un partenaire : %(object)s"),
        "plan.remove_proof": _("a retiré une pièce jointe à un chiffre : %(object)s"),
        "plan.write_article": _("a écrit un article : %(object)s"),
        "plan.change_article": _("a modifié un article : %(object)s"),
        "plan.publish_article": _("a publié un article : %(object)s"),
        "plan.withdraw_article": _("a retiré un article : %(object)s"),
        "plan.add_picture": _("a ajouté une image à un article"),
        "plan.remove_picture": _("a retiré une image d’un article"),
    }
)
register(
    {
        "plan.receive_figures": _("a apporté des chiffres ou un bilan : %(object)s (%(figures)s)"),
        "plan.receive_submission": _("a remis des chiffres : %(object)s (chiffres : %(figures)s, bilans : %(accounts)s)"),
        "plan.take_proof_back": _("a retiré une pièce jointe à un chiffre : %(object)s"),
        "plan.renew_partner_link": _("a demandé un nouveau lien, envoyé à l’adresse connue : %(object)s"),
    },
    unsigned=_("Le lien d’un partenaire"),
)
