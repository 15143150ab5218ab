"""Why a target refused a message: known troubles in our own words, and nothing of what was said."""

import pytest

from sopgen.runs.night.refusal import UNKNOWN, refusal_of

SAID = {
    "Failed to send Slack notification: Unauthorized, error=401.": (
        "401 (Unauthorized)",
        "token or password",
    ),
    "Failed to send Telegram notification to 4711: chat not found, error=400.": (
        "400 (Bad Request)",
        "by hand",
    ),
    "Failed to detect the Telegram user: (404) gone.": ("404 (Not Found)", "still there"),
    "Failed to send JSON notification: error=429.": ("429 (Too Many Requests)", "wait"),
    "Failed to send JSON notification: error=599.": ("answered 599", "wait"),
    "Socket Exception: (535, b'5.7.8 rina@toko.example rejected')": (
        "535: it does not let us in",
        "password",
    ),
    "Socket Exception: (421, b'try again')": ("mail server answered 421", "wait"),
    "Socket Exception: {'rina@toko.example': (550, b'unknown')}": ("mail server answered 550", "receiver"),
    "Socket Exception: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed": ("certificate", "renew"),
    "Socket Exception: HTTPConnectionPool(host='h'): Read timed out. (read timeout=4)": ("in time", "wait"),
    "Socket Exception: [Errno 111] Connection refused": ("nothing listens", "host and port"),
    "Socket Exception: Failed to resolve 'hooks.toko.example'": ("no host of that name", "reaches"),
    "Socket Exception: [Errno 101] Network is unreachable": ("does not lead there", "reaches"),
    "A Connection error occurred sending Slack notification.": ("no connection", "reaches"),
}


@pytest.mark.parametrize(("said", "told"), SAID.items())
def test_a_trouble_is_known_by_its_sign(said, told):
    """A status, or what the network says, becomes a reason and a remedy."""
    refusal = refusal_of(["Some remark before.", said])
    assert told[0] in refusal.why
    assert told[1] in refusal.hint
    assert "rina" not in refusal.why + refusal.hint
    assert "4711" not in refusal.why + refusal.hint


def test_what_is_not_known_is_not_told():
    """Words of a service stay with it; the remedy is to try by hand."""
    assert refusal_of(["token xoxb-0815 is revoked"]) == UNKNOWN == refusal_of([])
