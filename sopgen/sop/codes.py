"""The codes of the SOP wing's ground floor: SOP1xx sources, SOP2xx lint, SOP3xx folders and releases.

REL1xx and REL2xx are what `sopgen release` refuses, and what stops it.
"""

from sopgen.base.code import Code
from sopgen.sop.lint_codes import LINT_CODES
from sopgen.sop.refusal_codes import REFUSAL_CODES
from sopgen.sop.release_codes import RELEASE_CODES
from sopgen.sop.source_codes import SOURCE_CODES

CODES: tuple[Code, ...] = (*SOURCE_CODES, *LINT_CODES, *RELEASE_CODES, *REFUSAL_CODES)
