"""What Apprise says while it sends: a message that was sent counts as sent, whatever was said of it."""

import logging

import pytest

from sopgen.runs.night.notice import apprise_sender


@pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")
def test_a_remark_that_cannot_be_read_undoes_nothing():
    """A record of the log whose words do not fit its values goes by unheard."""
    send = apprise_sender()
    from apprise.decorators import notify  # noqa: PLC0415 -- it warns as it loads

    @notify(on="garbled")
    def taken(*_, **__):
        logging.getLogger("apprise").warning("sent to %d", "some")
        return True

    assert send("garbled://", "sopgen", "3 findings") is None
    assert callable(taken)
