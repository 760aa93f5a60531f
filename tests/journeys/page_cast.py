"""What journeys on the page share: sizes, taps, a window, and what a browser is asked."""

from playwright.sync_api import Browser, Page, ViewportSize

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, SMALLEST, DESK = (
    ViewportSize(width=360, height=740),
    ViewportSize(width=320, height=740),
    ViewportSize(width=1280, height=800),
)
START = "from bedside.doors.cli.serve import serve_command as s; s(port={port}, sample=True)"
TRIES = 240
NORM = "norms/us/federal/hhs/cms/482-13-c-1-personal-privacy"
READ = ["", "norms?find=482.13", NORM, "officer", "about", "nowhere"]
LANGUAGES = ["", "es/"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
TAPS = [
    "#s1 input[value=feeding]",
    "#s2 input[value=not_asked]",
    "#s3 input[value=at_bedside]",
    "#s4 input[value=none]",
    "#s5 input[name=hold][value=none]",
    "#s6 input[value=in_use]",
]
SCENES = {
    "exam": ["#s1 input[value=exam]", *TAPS[1:5], "#s6 input[value=put_away]"],
    "briefing": [
        "#s1 .more-acts summary",
        "#s1 input[value=briefing]",
        "#s2 [data-go=next]",
        "#s3 input[value=in_room]",
        "#s4 [type=submit]",
    ],
    "nursing": TAPS,
    "arrest": ["#s1 .officer-asks summary", "#s1 input[value=arrest]", "#s2 [type=submit]"],
    "letter": ["#s1 .officer-asks summary", "#s1 input[value=letter]", "#s2 [type=submit]"],
    "other words in a letter": [
        "#s1 .officer-asks summary",
        "#s1 input[value=letter_reword]",
        "#s2 [type=submit]",
    ],
}
SCROLLS = "document.documentElement.scrollHeight > innerHeight"
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# Controls too small to press; a control within its label is pressed by the label.
SMALL = """least => [...document.querySelectorAll('a,button,label,summary,select')].filter(e => {
  const r = e.getBoundingClientRect();
  if (!e.checkVisibility() || !r.width || r.bottom < 0 || e.closest('.hidden,.skip')) return false;
  if (e.tagName === 'LABEL' && !e.className) return false;
  if (e.tagName === 'A' && getComputedStyle(e).display === 'inline') return false;
  return r.width < least || r.height < least;
}).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 30))"""
RING = """() => { const e = document.activeElement;
  if (!e || e === document.body) return null;
  return getComputedStyle(e.closest('.tile,.outcome .press') || e).outlineStyle !== 'none'; }"""


def open_page(chromium: Browser, size: ViewportSize = PHONE, *, script: bool = True) -> Page:
    """Open a clean window of that size."""
    context = chromium.new_context(
        viewport=size, java_script_enabled=script, reduced_motion="reduce"
    )
    return context.new_page()


def tap_six_times(page: Page) -> None:
    """Tap the six answers of a nursing mother whose officer stands at the bed."""
    for tile in TAPS:
        page.locator(tile).click()
    page.wait_for_url("**/answer")
