"""JupyterLab in headless Chromium: what a user sees and does."""
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest

from conftest import ROOT
from wire_client import free_ports

CHROMIUM = shutil.which("chromium")
PICTURES = ROOT / "build" / "screenshots"
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
TOKEN = "token-of-the-tests"

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="chromium is not installed; script/bootstrap could not get it")


@pytest.fixture(scope="module")
def lab(environment, tmp_path_factory):
    """The address of a JupyterLab in which the notebooks lie."""
    home = tmp_path_factory.mktemp("lab")
    work = home / "work"
    work.mkdir()
    for name in NOTEBOOKS:
        shutil.copy(ROOT / "notebooks" / name, work)
    nbformat.write(
        nbformat.v4.new_notebook(
            metadata={"kernelspec": {
                "name": "linnet", "display_name": "Linnet", "language": "starlark"}},
            cells=[nbformat.v4.new_code_cell("")]),
        work / "empty.ipynb")
    [port] = free_ports(1)
    environ = environment | {
        name: str(home / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR",
                     "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")
    } | {"PATH": os.environ["PATH"]}
    # The question whether one wants news lies over what the pictures shall show.
    settings = home / "jupyter_config_dir" / "labconfig"
    settings.mkdir(parents=True)
    (settings / "page_config.json").write_text(json.dumps(
        {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}))
    with open(home / "log.txt", "wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
             "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}",
             f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={work}"],
            env=environ, cwd=work, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=5).close()
                break
            except OSError:
                assert server.poll() is None and time.monotonic() < deadline, (
                    (home / "log.txt").read_text())
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        yield opened
        opened.close()


class Lab:
    """One tab with one notebook."""

    def __init__(self, browser, address, name):
        self.page = browser.new_page(viewport={"width": 1300, "height": 1000})
        # What the kernel has said of its state: the type of the request, and busy or idle.
        self.states = []
        self.page.on("websocket", lambda opened: opened.on("framereceived", self.note_state))
        self.page.set_default_timeout(30_000)
        self.page.goto(f"{address}/lab/tree/{name}?reset&token={TOKEN}")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.wait_for_status("Idle")

    def wait_for_status(self, word):
        """Waits until the status bar says what the kernel does."""
        self.page.wait_for_function(
            "word => document.querySelector('#jp-main-statusbar')?.textContent.includes('| ' + word)",
            arg=word)

    def note_state(self, frame):
        """Keeps the state of the kernel if a frame of the page's connection to it tells one."""
        frame = frame if isinstance(frame, bytes) else frame.encode()
        state = re.search(rb'"execution_state": *"(\w+)"', frame)
        request = re.search(rb'"(\w+_request)"', frame)
        if state and request:
            self.states.append((request[1].decode(), state[1].decode()))

    def settle(self):
        """Waits until the page has been drawn some times without a change of the notebook."""
        self.page.wait_for_function("""() => new Promise(done => {
            const notebook = document.querySelector('.jp-Notebook')
            let unchanged = 0
            const observer = new MutationObserver(() => { unchanged = 0 })
            observer.observe(notebook, { attributes: true, childList: true, subtree: true })
            const look = () => {
                const loaded = [...notebook.querySelectorAll('img')].every(image => image.complete)
                unchanged = loaded ? unchanged + 1 : 0
                if (unchanged <= 5) return requestAnimationFrame(look)
                observer.disconnect()
                done(true)
            }
            requestAnimationFrame(look)
        })""")

    def menu(self, name, entry):
        self.page.click(f".lm-MenuBar-itemLabel:text-is('{name}')")
        self.page.click(f".lm-Menu-itemLabel:text-is('{entry}')")

    def prompts(self):
        return [
            text.strip() for text in self.page.locator(
                ".jp-CodeCell .jp-InputPrompt").all_text_contents()]

    def wait_until_run(self, timeout=150):
        """Waits until every cell with code has a number."""
        deadline = time.monotonic() + timeout
        while not all(re.fullmatch(r"\[\d+\]:", text) for text in self.prompts()):
            assert time.monotonic() < deadline, self.prompts()
            time.sleep(0.1)
        self.wait_for_status("Idle")

    def run_all(self):
        self.menu("Run", "Run All Cells")
        self.wait_until_run()

    def scroll(self, top):
        self.page.evaluate(
            "top => { const panel = document.querySelector('.jp-WindowedPanel-outer')"
            " || document.querySelector('.jp-Notebook'); panel.scrollTop = top; }", top)
        self.settle()

    def picture(self, name):
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png")

    def type(self, text):
        """Replaces the text of the last cell."""
        editor = self.page.locator(".jp-CodeCell .cm-content").last
        editor.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)

    def run_last(self):
        self.page.keyboard.press("Control+Enter")

    def output(self):
        return self.page.locator(".jp-CodeCell").last.locator(".jp-OutputArea-output")


@pytest.fixture
def open_lab(browser, lab):
    opened = []

    def open_notebook(name):
        opened.append(Lab(browser, lab, name))
        return opened[-1]

    yield open_notebook
    for each in opened:
        each.page.close()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_as_it_does_headlessly(open_lab, name):
    lab = open_lab(name)
    assert lab.page.locator(".jp-CodeCell").count() > 0
    lab.menu("Edit", "Clear Outputs of All Cells")
    lab.run_all()
    page = lab.page
    kinds = set()
    errors = 0
    widths = []
    height = page.evaluate(
        "() => (document.querySelector('.jp-WindowedPanel-outer') ||"
        " document.querySelector('.jp-Notebook')).scrollHeight")
    # Cells out of sight are not in the page, so it is walked through.
    for place in range(0, height, 700):
        lab.scroll(place)
        outputs = page.locator(".jp-OutputArea-output")
        for index in range(outputs.count()):
            kinds.add(outputs.nth(index).get_attribute("data-mime-type"))
        errors += page.locator(
            "[data-mime-type='application/vnd.jupyter.error']").count()
        widths += page.evaluate(
            "() => [...document.querySelectorAll('.jp-RenderedSVG img')].map(i => i.naturalWidth)")
        lab.picture(f"{name.removesuffix('.ipynb')}-light-{place // 700}")
    assert errors == 0
    assert "image/svg+xml" in kinds and kinds & {
        "text/plain", "application/vnd.jupyter.stdout", "text/html"}, kinds
    # The figures are really drawn: an image that cannot be read has no width.
    assert widths and all(width > 0 for width in widths)
    set_theme(page, "JupyterLab Dark")
    lab.scroll(height // 3)
    lab.picture(f"{name.removesuffix('.ipynb')}-dark")
    set_theme(page, "JupyterLab Light")


def set_theme(page, name):
    """Chooses a theme as the Settings menu does."""
    page.click(".lm-MenuBar-itemLabel:text-is('Settings')")
    page.hover(".lm-Menu-itemLabel:text-is('Theme')")
    page.click(f".lm-Menu-itemLabel:text-is('{name}')")
    page.wait_for_function(
        "dark => (document.body.dataset.jpThemeLight === 'false') === dark", arg="Dark" in name)
    # While a theme is loaded, JupyterLab shades the page.
    page.locator("#jupyterlab-splash").wait_for(state="detached")


def test_completion_inspection_interrupt_and_restart(open_lab):
    lab = open_lab("empty.ipynb")
    page = lab.page
    lab.type("burst_length = 5\nburst_width = 6\nprint('ready')")
    lab.run_last()
    lab.wait_until_run()
    assert lab.output().inner_text().strip() == "ready"

    # Tab offers the names; Shift+Tab explains.
    lab.type("burst_")
    page.keyboard.press("Tab")
    page.wait_for_selector(".jp-Completer-item")
    offered = page.locator(".jp-Completer-item .jp-Completer-match").all_text_contents()
    assert offered == ["burst_length", "burst_width"]
    page.keyboard.press("Enter")
    lab.type("zeros")
    page.keyboard.press("Shift+Tab")
    # It is there before its text.
    page.wait_for_selector(".jp-Tooltip:has-text('zeros(')")
    page.keyboard.press("Escape")

    # An interrupt from the toolbar ends the loop and keeps the names.
    lab.type("n = 0\nprint('looping')\nwhile True:\n    n += 1")
    lab.run_last()
    page.wait_for_selector(".jp-OutputArea-output:has-text('looping')")
    lab.wait_for_status("Busy")
    page.click("[data-jp-item-name='interrupt'] button, [data-jp-item-name='interrupt']")
    page.wait_for_selector(".jp-OutputArea-output:has-text('KeyboardInterrupt')")
    lab.wait_for_status("Idle")
    lab.type("print(n > 0, burst_length)")
    lab.run_last()
    page.wait_for_selector(".jp-OutputArea-output:has-text('True 5')")

    # A question is answered in the cell.
    lab.type("print('hello', input('Who? '))")
    lab.run_last()
    page.wait_for_selector("input.jp-Stdin-input")
    page.keyboard.type("Ada")
    page.keyboard.press("Enter")
    page.wait_for_selector(".jp-OutputArea-output:has-text('hello Ada')")

    # One display, updated five times a second for ten seconds, as long training does.
    lab.type(
        "import time\ndisplay('step 0', display_id='live')\nfor i in range(50):\n"
        "    time.sleep(0.2)\n    update_display('step %d' % (i + 1), display_id='live')")
    # The page itself notes each change: whoever asks it from outside may come too late.
    page.evaluate("""() => {
        window.seenSteps = new Set()
        new MutationObserver(() => {
            for (const output of document.querySelectorAll('.jp-OutputArea-output'))
                for (const [step] of output.textContent.matchAll(/step \\d+/g)) seenSteps.add(step)
        }).observe(document.body, { characterData: true, childList: true, subtree: true })
    }""")
    lab.run_last()
    page.wait_for_function("() => seenSteps.has('step 50')", timeout=60_000)
    seen = page.evaluate("() => [...seenSteps]")
    assert len(seen) >= 25, seen
    assert lab.output().count() == 1

    # After a restart the names are gone and the kernel works.
    lab.menu("Kernel", "Restart Kernel…")
    page.click(".jp-Dialog-button:has-text('Restart')")
    lab.wait_for_status("Idle")
    lab.type("print(burst_length)")
    lab.run_last()
    page.wait_for_selector(".jp-OutputArea-output:has-text('NameError')")


def test_the_dot_stays_busy_after_a_completion(open_lab):
    """A small request's idle must not make the front end believe that the cell has ended."""
    lab = open_lab("empty.ipynb")
    lab.type("print('looping')\nwhile True:\n    pass")
    lab.run_last()
    lab.page.wait_for_selector(".jp-OutputArea-output:has-text('looping')")
    lab.wait_for_status("Busy")
    lab.type("zer")
    lab.page.keyboard.press("Tab")
    lab.page.wait_for_selector(".jp-Completer-item")
    # The completion's idle is followed by the cell's busy.
    deadline = time.monotonic() + 30
    said, wanted = ("complete_request", "idle"), ("execute_request", "busy")
    while said not in lab.states or lab.states[-1] != wanted:
        assert time.monotonic() < deadline, lab.states
        lab.page.wait_for_timeout(20)
    lab.settle()
    assert "| Busy" in lab.page.locator("#jp-main-statusbar").inner_text()
    lab.page.keyboard.press("Escape")
    lab.menu("Kernel", "Interrupt Kernel")
    lab.wait_for_status("Idle")


TRAINING = """\
set_seed(1)
x = random.randn(512, 4)
y = np.sum(x, axis=1, keepdims=True)
inputs = Input((4,))
model = Model(inputs, Dense(1)(Dense(16, activation="tanh")(inputs)))
model.compile(optimizer="adam", loss="mse")
model.fit(x, y, epochs=10**6)
"""

FAILURE = """\
def mean_of(values):
    return sum(values) / len(values)

def report(name, values):
    print(name, mean_of(value))

report("losses", [0.5, 0.25])
"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_training_is_shown_live_and_all_looks_well(open_lab, theme):
    lab = open_lab("empty.ipynb")
    page = lab.page
    if theme == "dark":
        set_theme(page, "JupyterLab Dark")

    # The curve grows while the cell runs, in one place; an interrupt leaves it there.
    lab.type(TRAINING)
    lab.run_last()
    drawings = set()
    deadline = time.monotonic() + 30
    while len(drawings) < 5 and time.monotonic() < deadline:
        drawings.update(page.evaluate(
            "() => [...document.querySelectorAll('.jp-RenderedSVG img')].map(i => i.src)"))
        page.wait_for_timeout(50)
    assert len(drawings) >= 5
    lab.wait_for_status("Busy")
    assert page.locator(".jp-RenderedSVG img").count() == 1
    lab.picture(f"training-{theme}")
    lab.menu("Kernel", "Interrupt Kernel")
    page.wait_for_selector(".jp-OutputArea-output:has-text('KeyboardInterrupt')")
    lab.wait_for_status("Idle")
    assert page.locator(".jp-RenderedSVG img").count() == 1

    lab.type("model.")
    page.keyboard.press("Tab")
    page.wait_for_selector(".jp-Completer-item")
    lab.picture(f"completion-{theme}")
    page.keyboard.press("Escape")
    lab.wait_for_status("Idle")
    for code, words, name in (
            ("LSTM", "LSTM(", "inspection"), ("x", "(512, 4)", "inspection-tensor")):
        lab.type(code)
        page.keyboard.press("Shift+Tab")
        page.wait_for_selector(f".jp-Tooltip:has-text('{words}')")
        lab.picture(f"{name}-{theme}")
        page.keyboard.press("Escape")
    lab.type(FAILURE)
    lab.run_last()
    page.wait_for_selector(".jp-OutputArea-output:has-text('NameError')")
    lab.picture(f"error-{theme}")
    if theme == "dark":
        set_theme(page, "JupyterLab Light")
