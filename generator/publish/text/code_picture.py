"""The QR code of an address as an SVG picture."""

import html

from generator.publish.text.qr_code import qr_path


def code_picture(address: str, name: str) -> str:
    """Return the QR code of an address as SVG with an accessible name; empty for an address that is too long."""
    path, side = qr_path(address)
    if not path:
        return ""
    return (
        f'<svg viewBox="0 0 {side} {side}" role="img" aria-label="{html.escape(name)}" shape-rendering="crispEdges">'
        f'<path stroke="#000" d="{path}"/></svg>'
    )
