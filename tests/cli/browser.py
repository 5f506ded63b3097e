#!/usr/bin/env python3
"""The HTML report of `isvcc diff` in a real browser: thousands of services, searched, filtered and opened as a reviewer would.

Skipped, with exit status 77, where there is no Chromium. ISVCC_TEST_SCREENSHOTS=DIR keeps pictures.
usage: browser.py ISVCC SOURCE_DIR
"""
import base64, json, os, pathlib, shutil, subprocess, sys, tempfile

SERVICES, NAMESPACES = 5000, 20
RUNTIME = """apiVersion: serving.kserve.io/v1alpha1
kind: ClusterServingRuntime
metadata: {{name: own}}
spec:
  supportedModelFormats: [{{name: own, autoSelect: true}}]
  containers: [{{name: kserve-container, image: "registry.example/own:{tag}"}}]
"""
SERVICE = """---
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {{name: model-{number}, namespace: team-{team}, annotations: {{serving.kserve.io/deploymentMode: Standard}}}}
spec: {{predictor: {{minReplicas: {replicas}, maxReplicas: 50, model: {{modelFormat: {{name: own}}, storageUri: "s3://models/{number}"}}}}}}
"""
HOSTILE = '<img src=x onerror="document.title=1">'


class Browser:
    """A page of headless Chromium, spoken to over its debugging pipe."""

    def __init__(self, program, folder):
        to_browser, self.out = os.pipe()
        self.incoming, from_browser = os.pipe()
        os.set_inheritable(to_browser, True)
        os.set_inheritable(from_browser, True)
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                 "--disable-sync", f"--user-data-dir={folder}/profile", "--remote-debugging-pipe", "--window-size=1400,1000", "about:blank"]
        shell = ["bash", "-c", f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}', program, *flags]
        self.process = subprocess.Popen(shell, pass_fds=(to_browser, from_browser), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.number, self.session, self.buffer = 0, None, b""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def message(self):
        while b"\0" not in self.buffer:
            part = os.read(self.incoming, 1 << 20)
            if not part:
                raise RuntimeError("the browser ended")
            self.buffer += part
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def ask(self, method, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters, **({"sessionId": self.session} if self.session else {})}
        os.write(self.out, json.dumps(request).encode() + b"\0")
        while (answer := self.message()).get("id") != self.number:
            pass
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def open(self, address):
        self.ask("Page.enable")
        self.ask("Page.navigate", url=address)
        while self.message().get("method") != "Page.loadEventFired":
            pass

    def run(self, script):
        result = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{script}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def picture(self, name):
        if folder := os.environ.get("ISVCC_TEST_SCREENSHOTS"):
            data = self.ask("Page.captureScreenshot", format="png")["data"]
            pathlib.Path(folder, f"{name}.png").write_bytes(base64.b64decode(data))

    def close(self):
        self.process.kill()
        self.process.wait()


def write(folder, tag, replicas):
    folder.mkdir()
    (folder / "runtime.yaml").write_text(RUNTIME.format(tag=tag))
    services = [SERVICE.format(number=n, team=n % NAMESPACES, replicas=replicas(n)) for n in range(SERVICES)]
    (folder / "services.yaml").write_text("".join(services))


def main():
    isvcc = str(pathlib.Path(sys.argv[1]).resolve())
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not chromium:
        print("no Chromium: skipped")
        return 77
    problems = []

    def expect(what, seen, wanted):
        if seen != wanted:
            problems.append(f"{what}: {seen!r}, wanted {wanted!r}")

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        here = pathlib.Path(name)
        # Everybody restarts; every hundredth service is scaled, too, and one has a value that would like to be a script.
        write(here / "old", "1", lambda n: 1)
        write(here / "new", "2", lambda n: 2 if n % 100 == 0 else 1)
        runtime = here / "new" / "runtime.yaml"
        runtime.write_text(runtime.read_text().replace("containers: [{", f"containers: [{{env: [{{name: BANNER, value: '{HOSTILE}'}}], "))
        page = here / "report.html"
        done = subprocess.run([isvcc, "diff", "--from", here / "old", "--to", here / "new", "--format", "html", "-o", page], capture_output=True, text=True)
        expect("diff writes the report", (done.returncode, page.exists()), (0, True))

        browser = Browser(chromium, here)
        try:
            browser.open(page.as_uri())
            browser.picture("whole")
            found = "document.getElementById('found').textContent"
            expect("all services are counted", browser.run(found), "5,000 of 5,000 services")
            expect("the page starts with a part of them", browser.run("document.querySelectorAll('.service').length < 400"), True)
            expect("no value became a script", browser.run("[document.title === '1', document.querySelectorAll('#list img').length]"), [False, 0])

            # Done when the page has counted what it shows.
            counted = "new Promise(done => new MutationObserver(done).observe(document.getElementById('found'), {childList: true})).then(() => 0)"
            type_in = f"(text) => {{ const s = document.getElementById('search'), answer = {counted}; s.value = text; s.dispatchEvent(new Event('input')); return answer; }}"
            browser.run(f"({type_in})('team-7/model-1007')")
            expect("a search finds one service", browser.run(found), "1 of 5,000 services")
            expect("the address keeps the search", browser.run("location.hash.includes('model-1007')"), True)
            browser.run("[...document.querySelectorAll('.service')].find(s => s.textContent.includes('team-7/model-1007')).querySelector('.head').click()")
            sides = "['old', 'new'].map(side => [...document.querySelectorAll('.service.open .' + side)].map(n => n.textContent).join(' '))"
            old, new = browser.run(sides)
            expect("both sides of the image are shown", ["registry.example/own:1" in old, "registry.example/own:2" in new], [True, True])
            expect("hostile text is shown as text", HOSTILE in new, True)
            browser.picture("open")

            browser.run(f"({type_in})('')")
            browser.run("[...document.querySelectorAll('.chip')].find(c => c.textContent.includes('scale')).click()")
            expect("a class leaves the services that have it", browser.run(found), "50 of 5,000 services")
            browser.run("(() => { const s = document.getElementById('namespace'); s.value = 'team-0'; s.dispatchEvent(new Event('change')); })()")
            expect("a namespace narrows it further", browser.run(found), "50 of 5,000 services")
            browser.run("(() => { const s = document.getElementById('namespace'); s.value = 'team-1'; s.dispatchEvent(new Event('change')); })()")
            expect("no service of team-1 is scaled", browser.run(found), "0 of 5,000 services")
            address = browser.run("location.hash")
            browser.open("about:blank")
            browser.open(page.as_uri() + address)
            expect("a link shows the same selection", browser.run(found), "0 of 5,000 services")
            expect("nothing is fetched", browser.run("performance.getEntriesByType('resource').length"), 0)
        finally:
            browser.close()
    print("\n".join(problems) or "the report works in a browser")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
