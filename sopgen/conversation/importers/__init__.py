"""The export formats that sopgen reads, in the order in which people are told of them.

Decisions: one module a format, named like it; a module has `sniff` and `read` (see
`sopgen.conversation.importer`) and knows no other importer; adding one is adding its row here, its codes to
`sopgen.conversation.codes`, and its cases to `tests/cases/importers/`. The order decides nothing: detection
goes by score alone.
"""

from sopgen.conversation.importer import Importer
from sopgen.conversation.importers import canonical, rows, whatsapp

IMPORTERS: tuple[Importer, ...] = (
    Importer(name="canonical", title="sopgen's own JSON Lines", sniff=canonical.sniff, read=canonical.read),
    Importer(name="rows", title="JSON Lines, one message a line", sniff=rows.sniff, read=rows.read),
    Importer(name="whatsapp", title="WhatsApp chat (.txt, .zip)", sniff=whatsapp.sniff, read=whatsapp.read),
)
