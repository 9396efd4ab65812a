"""What is measured of a page in a window, and what the rules say of it (docs/design.md)."""

from dataclasses import dataclass
from typing import Any

from tools.design.pages import NARROW, WIDE, ZOOMED, KeyPage

FIRST = {WIDE: 260, NARROW: 420}  # pixels from the top to the first content
LIST = 4000  # pixels, the most that a list of 39 reviews is high on a phone
BAR = 48  # pixels
CARDS = 5  # more than that are rows
ROW = 40  # pixels, the least that a row is high
FAR = 44  # pixels, the most that what is due late is high in the wide window: one line
HEAD = 20  # a table with more rows keeps its head in sight
LINES = 5  # no box to write in shows fewer
LINE = 75  # what is read: 40 rem, which are 70 noughts and a few more in small print

# What is seen at once, and then what still stands when the page was scrolled.
MEASURE = """async () => {
  const all = (words) => [...document.querySelectorAll(words)].filter((each) => each.checkVisibility());
  const top = (each) => Math.round(each.getBoundingClientRect().top + scrollY);
  const least = (numbers) => numbers.length ? Math.min(...numbers) : null;
  const number = (words) => parseFloat(words) || 0;
  const firsts = all('[data-first]').map(top);
  const rows = all('.app-tasks--lines > li, main .app-table:not(.app-table--cards) tbody tr');
  const boxes = all('main textarea').map((each) => {
    const style = getComputedStyle(each);
    const room = each.clientHeight - number(style.paddingBlockStart) - number(style.paddingBlockEnd);
    return { lines: Math.round(room / number(style.lineHeight)), hides: each.scrollHeight > each.clientHeight + 2 };
  });
  const heads = all('main table').filter((each) => each.tBodies[0] && each.tBodies[0].rows.length > 20 && each.tHead)
    .filter((each) => getComputedStyle(each.tHead).position !== 'sticky'
      && [...each.tHead.rows[0].cells].some((cell) => getComputedStyle(cell).position !== 'sticky')
      && each.tHead.getBoundingClientRect().height > 1);
  const pen = document.createElement('canvas').getContext('2d');
  const lines = all('main p').filter((each) => !each.closest('pre, table')).map((each) => {
    const style = getComputedStyle(each);
    if (style.display !== 'block') return 0;
    const box = each.getBoundingClientRect();
    pen.font = `${style.fontSize} ${style.fontFamily}`;
    const line = number(style.lineHeight) || 1.2 * number(style.fontSize);
    return box.height > 2.5 * line ? box.width / pen.measureText('0').width : 0;
  });
  const side = document.querySelector('.app-side');
  const bar = document.querySelector('.app-bar');
  const found = {
    first: firsts.length ? Math.min(...firsts) : null,
    buttons: all('main .govuk-button:not(.govuk-button--secondary, .govuk-button--warning, [disabled])').length,
    height: document.documentElement.scrollHeight,
    spills: document.documentElement.scrollWidth > innerWidth,
    bar: Math.round(bar.getBoundingClientRect().height),
    cards: Math.max(0, ...all('.app-tasks:not(.app-tasks--lines)').map((each) => each.children.length)),
    row: least(rows.map((each) => Math.round(each.getBoundingClientRect().height))),
    far: Math.max(0, ...all('.app-task--far').map((each) => Math.round(each.getBoundingClientRect().height))),
    heads: heads.length,
    lines: least(boxes.map((each) => each.lines)),
    hidden: boxes.filter((each) => each.hides).length,
    line: Math.round(Math.max(0, ...lines)),
    rows: document.querySelectorAll('main tbody tr').length,
    fields: all('main form :is(textarea, input:not([type=hidden]), [contenteditable])').length,
    goes_on: document.querySelector('a[data-continue]')?.href ?? null,
  };
  scrollTo({ top: (document.documentElement.scrollHeight - innerHeight) / 2, behavior: 'instant' });
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const after = side?.getBoundingClientRect();
  found.bar_stays = Math.abs(bar.getBoundingClientRect().top) < 1;
  found.side_stays = !side || (innerWidth < 768
    ? Math.abs(after.bottom - innerHeight) < 1 : after.top >= 0 && after.bottom <= innerHeight + 1);
  scrollTo({ top: 0, behavior: 'instant' });
  return found;
}"""


@dataclass(frozen=True)
class Figure:
    """What was measured of a page in a language and a window."""

    page: KeyPage
    language: str
    size: tuple[int, int]
    measured: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.page.name}, {self.language}, {self.size[0]} px: {', '.join(self.faults)}"

    @property
    def faults(self) -> list[str]:
        found = self.measured
        spills = ["wider than the window"] if found["spills"] else []
        if self.size == ZOOMED:
            return spills
        return [
            *spills,
            *self._of_the_first_content(),
            *self._of_the_shell(),
            *self._of_the_weight(),
            *self._of_texts(),
        ]

    def _of_the_first_content(self) -> list[str]:
        first, most = self.measured["first"], FIRST[self.size]
        if first is None:
            return ["nothing is marked as the first content"]
        return [f"first content at {first} px, and not within {most}"] if first > most else []

    def _of_the_shell(self) -> list[str]:
        found = self.measured
        return [
            *([] if found["bar"] == BAR else [f"a bar of {found['bar']} px, and not {BAR}"]),
            *([] if found["bar_stays"] else ["the bar goes when one scrolls"]),
            *([] if found["side_stays"] else ["the navigation goes when one scrolls"]),
        ]

    def _of_the_weight(self) -> list[str]:
        found = self.measured
        return [
            *([f"{found['buttons']} primary buttons"] if found["buttons"] > 1 else []),
            *([f"{found['cards']} cards in one list"] if found["cards"] > CARDS else []),
            *([f"a row of {found['row']} px"] if found["row"] is not None and found["row"] < ROW else []),
            *([f"what is far away takes {found['far']} px"] if found["far"] > FAR and self.size == WIDE else []),
            *([f"{found['heads']} long tables whose head goes"] if found["heads"] and self.size == WIDE else []),
        ]

    def _of_texts(self) -> list[str]:
        found = self.measured
        return [
            *([f"a box of {found['lines']} lines"] if found["lines"] is not None and found["lines"] < LINES else []),
            *([f"{found['hidden']} boxes that are less high than their text"] if found["hidden"] else []),
            *([f"a line of {found['line']} characters"] if found["line"] > LINE else []),
        ]
