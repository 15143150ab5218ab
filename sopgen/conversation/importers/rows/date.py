"""The dates of a table: which of their numbers is the day, and which date contradicts the others."""

from dataclasses import dataclass, field

from sopgen.conversation.date_order import Evidence, date_order_of, day_in
from sopgen.conversation.importer import UnreadableError
from sopgen.conversation.local_time import has_point_clock, numbers_in

_MOST_DATES = 50_000


@dataclass(slots=True)
class Dates:
    """The dates of a table as far as their order matters; ISO times and counts do not."""

    written: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    has_points: bool = False

    def see(self, value: object, place: str) -> None:
        """Look at a cell of the row at `place`; ISO times and counts tell nothing."""
        if not isinstance(value, str) or value[4:5] == "-" or value[:5].isdigit():
            return
        if len(self.written) < _MOST_DATES:
            found = numbers_in(value)
            if found:
                self.written.append(found)
                self.places.append(place)
                self.has_points = self.has_points or has_point_clock(value)

    def order(self, stated: str) -> str:
        """Return the order; UnreadableError ROW107 when it is unclear or there is none.

        Where dates contradict each other, a stated order holds, and rows without a date in it are set aside.
        """
        if not self.written:
            return stated
        found = date_order_of(self.written, stated=stated, language="dmy" if self.has_points else "")
        if found.evidence is Evidence.IMPOSSIBLE:
            return stated or self._contradicted()
        if found.evidence is Evidence.UNCLEAR:
            reason = f"day or month first? '{self.written[0]}' and the other dates do not tell"
            raise UnreadableError("ROW107", reason, "say it: --date-order dmy|mdy|ymd")
        return found.order

    def _contradicted(self) -> str:
        """Raise UnreadableError ROW107 with the first date that the order of most dates does not allow."""
        odd = {
            order: [number for number, each in enumerate(self.written) if day_in(each, order) is None]
            for order in ("dmy", "mdy", "ymd")
        }
        best = min(odd, key=lambda order: len(odd[order]))
        first = odd[best][0]
        place = f"'{self.written[first]}' ({self.places[first]})"
        reason = f"the dates fit no single order: {best} fits most, but not {place}"
        hint = f"mend it, or say the order, and only what it does not fit is set aside: --date-order {best}"
        raise UnreadableError("ROW107", reason, hint)
