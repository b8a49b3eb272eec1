"""What the acts of this app are called in the journal."""

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "network.create_agreement": _("a préparé la convention %(object)s"),
        "network.change_agreement": _("a changé le projet de convention %(object)s"),
        "network.sign_agreement": _("a daté une signature de la convention %(object)s"),
        "network.take_signature_back": _("a retiré une signature de la convention %(object)s"),
        "network.agreement_is_signed": _("a noté que toutes les parties ont signé : %(object)s"),
        "network.agreement_signed": _("a repris la convention %(object)s"),
        "network.agreement_suspended": _("a suspendu la convention %(object)s"),
        "network.agreement_ended": _("a noté la fin de la convention %(object)s"),
        "network.agreement_terminated": _("a résilié la convention %(object)s"),
        "network.amend_agreement": _("a noté un avenant à la convention %(object)s"),
        "network.create_organization": _("a inscrit l’organisation %(object)s"),
        "network.change_organization": _("a modifié la fiche de %(object)s"),
        "network.add_person": _("a ajouté une personne de contact à %(object)s"),
        "network.change_person": _("a modifié une personne de contact de %(object)s"),
        "network.delete_person": _("a effacé une personne de contact de %(object)s"),
        "network.add_place": _("a ajouté un lieu à %(object)s"),
        "network.change_place": _("a modifié un lieu de %(object)s"),
        "network.add_neighbourhoods": _("a ajouté %(neighbourhoods)s quartiers à la liste"),
        "network.rename_neighbourhood": _("a renommé le quartier %(object)s"),
        "network.end_neighbourhood": _("a retiré de la liste le quartier %(object)s"),
        "network.restore_neighbourhood": _("a remis dans la liste le quartier %(object)s"),
        "network.keep_document": _("a déposé une pièce (%(object)s)"),
    }
)
