"""The short list of pages that a stranger may open. Every other page is closed; a test holds the site to this list."""

PUBLIC = {
    "people:home": "what Tissage is, and the public territories",
    "people:invitation": "the page a mail leads to: one button, nothing happens by being opened",
    "voices:territory": "the page of a territory, when it chose to be public",
    "synthesis:version": "a published synthesis of a public territory",
    "set_language": "choosing the language of the screens",
}
# Signing in, and a forgotten password: allauth's own pages.
PUBLIC_PREFIXES = ("account_", "mfa_")
