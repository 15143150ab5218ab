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


@pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")
def test_what_is_said_while_sending_goes_nowhere_else_and_the_log_is_left_as_it_was(caplog):
    """Who listens to Apprise's log hears nothing of a message: what services say may hold a token."""
    send = apprise_sender()
    from apprise.decorators import notify  # noqa: PLC0415 -- it warns as it loads

    log = logging.getLogger("apprise")
    log.addHandler(caplog.handler)
    try:

        @notify(on="loud")
        def taken(*_, **__):
            log.warning("the token is s3cret")
            return True

        before = (list(log.handlers), log.propagate, log.level)
        assert send("loud://", "sopgen", "3 findings") is None
        assert "s3cret" not in caplog.text
        assert (list(log.handlers), log.propagate, log.level) == before
        log.warning("heard again")
        assert "heard again" in caplog.text
        assert callable(taken)
    finally:
        log.removeHandler(caplog.handler)
