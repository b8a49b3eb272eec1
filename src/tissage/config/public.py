"""The short list of pages that a stranger may open. Every other page is closed; a test holds the site to this list."""

PUBLIC = {
    "people:home": "what Tissage is, and the public territories",
    "people:invitation": "the page a mail leads to: one button, nothing happens by being opened",
    "voices:territory": "the page of a territory, when it chose to be public",
    # Published syntheses of a public territory, and what their pages open:
    "synthesis:versions": "the list of published versions",
    "synthesis:version": "a published version",
    "synthesis:version_picture": "the numbers behind a picture",
    "synthesis:version_spread": "what groups share, and what is proper to one",
    "synthesis:version_dimension": "the components of a dimension",
    "synthesis:version_dimension_picture": "the numbers behind a picture",
    "synthesis:version_component": "what may be read under a component",
    "synthesis:version_uncoded": "what may be read without a code",
    "synthesis:version_download": "the public files",
    "synthesis:statistics": "the numbers of the last published version",
    "synthesis:statistics_picture": "the numbers behind a picture",
    # A participant has no account: whoever holds the code of an open workshop answers its questions, and meets no answer of anybody else.
    "phones:door": "typing the code of a workshop",
    "phones:welcome": "what will happen, and « Commencer »",
    "phones:join": "coming in",
    "phones:answer": "the open question, and what this phone wrote",
    "phones:next_person": "another person on the same phone",
    "phones:state": "which question is open",
    "phones:send": "what a phone writes, for whoever holds its token",
    "phones:recording": "a question read aloud",
    "phones:service_worker": "the script that opens kept pages without a network: the same for all",
    # The sheet of a group, by a secret link that the group accepted: a stranger without the link finds nothing.
    "sheets:sheet": "a group's own words, for whoever holds its link",
    "sheets:sheet_pdf": "the same, to print",
    # Pilot actions of a public territory:
    "plan:published_articles": "the published articles",
    "plan:article": "a published article",
    "plan:article_picture": "a picture of it",
    # A partner fills in its figures without an account, by a secret link sent to its address: nothing of another partner is behind it.
    "partners:answer": "the actions of one organisation, its figures and accounts of a year",
    "partners:save": "what it types, for whoever holds its link",
    "partners:submit": "what is missing, then handing in by a button",
    "partners:proof": "a file it joined itself",
    "partners:renew": "a new link, sent to the registered address alone",
    # Somebody's calendar of a plan, by a secret address of theirs: no name of a person in it.
    "feeds:calendar": "the steps to come, for whoever holds the address",
    # A member of the council or of the commission reads what was adopted without an account, by a personal link that the team closes when it wants.
    "readers:home": "what was adopted of one plan",
    "readers:version": "an adopted version of it",
    "readers:report": "an issued document",
    "readers:file": "a file of it",
    "readers:minutes": "approved minutes, for the commission",
    "readers:comment": "what the reader writes, for whoever holds the link",
    # The directory as other programs read it (HSDS 3.0): listed services of public territories, addresses that are public.
    "hsds:about": "what the open interface speaks",
    "hsds:profile": "its Belgian profile",
    "hsds:openapi": "the description of its doors",
    "hsds:services": "listed services",
    "hsds:service": "one of them",
    "hsds:organizations": "their organisations",
    "hsds:organization": "one of them",
    "hsds:taxonomies": "the vocabularies",
    "hsds:taxonomy": "one of them",
    "hsds:taxonomy_terms": "their terms",
    "hsds:taxonomy_term": "one of them",
    "hsds:at_places": "where listed services receive",
    "hsds:at_place": "one of these places",
    "hsds:nothing": "« nothing here », said in JSON",
    # A passer-by scans a poster: at most five questions, without a name, an address or an hour.
    "opinions:answer": "the anonymous questions of one activity, for whoever holds its poster",
    "opinions:thanks": "that the answer arrived",
    # The link of a campaign: the organisation behind it reports the dates it carries, and meets no other.
    "proposals:report": "the report of one of its dates",
    "proposals:output_report": "the report of one of its undated outputs",
    # Labels of a public territory: who chose to be listed, and a private word to the coordination.
    "network:label_holders": "what a label asks, and the holders who are listed",
    "network:report_breach": "saying that a label is not respected, without an account: nothing is shown back",
    # The directory of a public territory: published services, what of an address may leave the house, and nothing else.
    "directory:home": "searching and browsing the directory",
    "directory:results": "what a search finds",
    "directory:leaflet": "the same, to print",
    "directory:labelled": "labels in force whose holders accepted to be listed",
    "directory:organization": "an organisation with its published services",
    "directory:service": "a published service",
    "directory:suggest": "proposing a correction, without an account",
    "directory:suggest_missing": "naming a service that is missing",
    "directories:home": "organisations with published services, of every public territory",
    # An organisation checks its services by a secret link sent to its address; what it answers can be taken back.
    "reviews:review": "its services due for a check",
    "reviews:confirm": "one of them is still right",
    "reviews:correct": "a short form for one of them",
    "reviews:close": "one of them is gone",
    "reviews:take_back": "an answer taken back",
    # A place at a date of the agenda, without account and without a name; and the secret link of whoever has one.
    "bookings:register": "asking for a place at a public date, or booking for classes",
    "bookings:place": "what one asked, for whoever holds its link",
    "bookings:act": "confirming, changing, giving up, taking back",
    "bookings:erase": "erasing it",
    # A partner of a campaign proposes its activities without an account, by a secret link sent to its address.
    "proposals:home": "the activities of one organisation in one campaign",
    "proposals:propose": "a new one, in draft",
    "proposals:renew": "a new link, sent to the known address alone",
    "proposals:activity": "one of its activities",
    "proposals:change": "a draft of its own",
    "proposals:add_date": "a date of a draft",
    "proposals:act": "sending in, taking back, taking a date away",
    # Lists that stand for an election answer an association by a secret link, until its deadline; then everybody reads all answers at once.
    "replies:answer": "what one list says to the asks, for whoever holds its link",
    "replies:save": "what it types",
    "replies:hand_in": "reading it again, then handing it in by a button",
    "spaces:published": "published answers of the lists, in the space of an association, where the candidate phase is on",
    "spaces:published_proof": "the scan of a published answer that the association shows",
    # A set of asks followed during the term, in a public territory, once its answers are published:
    "asks:ask_set": "what was asked, promised and proven",
    "asks:answers": "what the lists answered, word for word",
    "asks:picture": "the dated picture to share",
    "asks:evidence_copy": "the copy of a piece that is shown there",
    # A party assessed replies without an account, by a secret link sent to its address, once.
    "replies:assessment": "what is said of it, and its reply",
    # The agenda of a public territory, and what calendars follow:
    "diary:home": "the dates to come",
    "diary:activity": "an activity; a sensitive one by its neutral title",
    "diary:poster": "the agenda on paper, to hang",
    "diary:leaflet": "the agenda on paper, to give",
    "agendas:territory": "the calendar of a territory",
    "agendas:campaign": "the calendar of a campaign",
    "agendas:organization": "the calendar of what an organisation announced",
    "agendas:audience": "the calendar for an audience",
    "agendas:place": "the calendar of a place whose address is public",
    "agendas:private": "an organisation's own calendar, for whoever holds its secret address",
    # Signing in through the town's own door, when it has one:
    "openid_connect_login": "going there",
    "openid_connect_callback": "coming back: one button",
    "set_language": "choosing the language of the screens",
}
# Signing in, and a forgotten password: allauth's own pages.
PUBLIC_PREFIXES = ("account_", "mfa_")
