"""A document as one file of HTML: the page that becomes its PDF, with its style sheets inside.

It fetches nothing and runs nothing, wherever it is opened: a policy in it lets its own style sheet in and nothing else.
"""

import base64
import hashlib
import re
from typing import Any

from core.documents.pdf import own_static_file, render_html
from core.documents.progress import Progress, unheard

_SHEET = re.compile(r'<link rel="stylesheet" href="(static:[^"]+)">')
_OF_A_FILE = "static:pdf/file.css"  # what a window needs and paper does not
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def render_html_file(template: str, context: dict[str, Any], language: str, *, progress: Progress = unheard) -> bytes:
    """Render the ``template`` of a PDF to one file in ``language``. ``progress`` is told per cent."""
    html = render_html(template, context, language)
    progress(80)
    sheets = [*_SHEET.findall(html), _OF_A_FILE]
    style = "\n".join(_COMMENT.sub("", own_static_file(each).decode()) for each in sheets)
    head, rest = _SHEET.sub("", html).split("</head>", 1)
    content = f"{head}{_policy_for(style)}<style>{style}</style></head>{rest}".encode()
    progress(100)
    return content


def _policy_for(style: str) -> str:
    """By its hash, so that no other style and no script has a place, whatever people wrote."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'
    )
