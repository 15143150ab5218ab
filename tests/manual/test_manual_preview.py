"""The preview's server: this machine alone, strict headers, and news for open pages."""

import http.client
import json
import threading

import pytest

from sopgen.base.errors import UsageError
from sopgen.manual.preview import Preview, lively

PAGE = (
    '<html><head><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; '
    'script-src &#39;self&#39;; style-src &#39;self&#39;"></head><body>halo</body></html>'
)


@pytest.fixture
def preview(tmp_path):
    """Return a running preview of a small site, with a file beside the site that nobody may have."""
    site = tmp_path / "site"
    (site / "cs" / "latest").mkdir(parents=True)
    (site / "index.html").write_text(PAGE)
    (site / "cs" / "latest" / "index.html").write_text(PAGE)
    (site / "sw.js").write_text("")
    (site / "cs.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "secret.txt").write_text("secret")
    server = Preview(site, port=0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.close()
    thread.join(10)


def ask(preview, path, *, method="GET", host=None):
    """Return status, headers and body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.server_port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{preview.server_port}")
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body.decode("latin-1")


def test_a_page_gets_the_script_of_the_preview(preview):
    """The page is the site's, with a script that may ask this server and nobody else."""
    status, headers, body = ask(preview, "/")
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert '<script src="/_live.js" defer></script>' in body
    assert "connect-src &#x27;self&#x27;" in body
    assert "halo" in body
    assert ask(preview, "/_live.js")[0] == 200
    assert ask(preview, "/cs.pdf")[1]["Content-Type"] == "application/pdf"


def test_every_answer_is_strict(preview):
    """No answer is kept, guessed at, framed, or read by another site."""
    for path in ("/", "/_live.js", "/nothing", "/cs/latest"):
        headers = ask(preview, path)[1]
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "//secret.txt", "/cs/../../secret.txt", "/..%2fsecret.txt"],
)
def test_nothing_beside_the_site_is_served(preview, path):
    """A path that climbs out of the site finds nothing."""
    status, _, body = ask(preview, path)
    assert (status, "secret\n" in body) == (404, False)


def test_a_link_out_of_the_site_is_not_followed(preview):
    """A symbolic link that leads out of the site finds nothing."""
    (preview.site / "out.txt").symlink_to(preview.site.parent / "secret.txt")
    assert ask(preview, "/out.txt")[0] == 404


def test_another_name_is_refused(preview):
    """A page of the web that lets its name point here cannot read the drafts."""
    assert ask(preview, "/", host="evil.example.com")[0] == 421
    assert ask(preview, "/_live", host=f"evil.example.com:{preview.server_port}")[0] == 421
    assert ask(preview, "/", host=f"localhost:{preview.server_port}")[0] == 200


def test_only_reading_is_answered(preview):
    """No method but GET and HEAD is there."""
    assert ask(preview, "/", method="POST")[0] == 501
    assert ask(preview, "/", method="HEAD")[::2] == (200, "")


def test_a_folder_leads_to_its_page(preview):
    """A folder without a slash is sent on; the worker for reading offline is not handed out."""
    status, headers, _ = ask(preview, "/cs/latest")
    assert (status, headers["Location"]) == (301, "/cs/latest/")
    assert "halo" in ask(preview, "/cs/latest/")[2]
    assert ask(preview, "/sw.js")[0] == 404


def test_a_missing_page_says_what_is_wrong(preview):
    """A page that an error keeps back tells the error, escaped, and comes by itself when that is mended."""
    preview.tell(["sop.md:3: error <b>"])
    status, _, body = ask(preview, "/cs/draft/")
    assert status == 404
    assert "sop.md:3: error &lt;b&gt;" in body
    assert "/_live.js" in body


def test_open_pages_are_told(preview):
    """A page that listens hears the state at once, and again when the site was built anew."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.server_port, timeout=10)
    connection.request("GET", "/_live")
    answer = connection.getresponse()

    def heard():
        lines = iter(answer.fp.readline, b"")
        return json.loads(next(line for line in lines if line.startswith(b"data:"))[5:])

    assert heard() == {"build": "0", "trouble": []}
    preview.tell(["one", "two"])
    assert heard() == {"build": "1", "trouble": ["one", "two"]}
    connection.close()


def test_a_page_without_a_policy_is_left_so():
    """Only a policy that is there is widened, and no further than this server."""
    assert b"Content-Security-Policy" not in lively(b"<html><head></head></html>")
    assert b"connect-src &#x27;self&#x27;" in lively(
        PAGE.replace("script-src", "connect-src &#39;none&#39;; script-src").encode()
    )


def test_a_port_in_use_is_refused(preview, tmp_path):
    """A second preview at the same port ends with a hint."""
    with pytest.raises(UsageError) as refusal:
        Preview(tmp_path, port=preview.server_port)
    assert refusal.value.code == "CLI141"


def test_an_open_page_loads_itself_anew(tmp_path, browser):
    """In a browser the page obeys its policy without a complaint, and shows the next build by itself."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text(PAGE)
    server = Preview(site, port=0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    try:
        page.goto(f"http://127.0.0.1:{server.server_port}/", wait_until="domcontentloaded")
        page.get_by_text("halo").wait_for()
        (site / "index.html").write_text(PAGE.replace("halo", "apa kabar"))
        server.tell([])
        page.get_by_text("apa kabar").wait_for(timeout=60_000)
        server.tell(["sop.md:3: a slip"])
        page.get_by_text("a slip").wait_for(timeout=60_000)
    finally:
        page.close()
        server.close()
        thread.join(10)
    assert said == []
