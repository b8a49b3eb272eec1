"""An address as a QR code, drawn as SVG: on screen, on paper, on the wall."""

from __future__ import annotations

from html import escape

import segno


def qr_svg(address: str, alternative: str = "") -> str:
    """Black on white, with the quiet edge that readers need. Error correction M: a fold or a thumb may hide 15 % of it.

    `alternative` says to a screen reader what the picture holds; without it the picture is hidden, the address standing beside.
    """
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(border=4, dark="#000000", light="#ffffff", omitsize=True)
    spoken = f'role="img" aria-label="{escape(alternative)}"' if alternative else 'aria-hidden="true"'
    return drawn.replace('class="segno"', f'class="t-qr" {spoken} focusable="false"', 1)
