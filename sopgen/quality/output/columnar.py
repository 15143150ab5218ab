"""Sheets as Parquet files, one each, for tools that count further."""

from pathlib import Path
from typing import Any

from sopgen.quality.output.sheet import Kind, Sheet
from sopgen.runs.lines import whole
from sopgen.runs.trouble import storing


def write_columnar(sheet: Sheet, path: Path) -> None:
    """Write the sheet; lengths of time in seconds. StorageError: STO101, STO102."""
    import pyarrow as pa  # noqa: PLC0415 - only this output needs it
    import pyarrow.parquet as pq  # noqa: PLC0415

    columns = {
        head.key: pa.array([_written(row[at]) for row in sheet.rows], type=_type_of(head.kind, pa))
        for at, head in enumerate(sheet.heads)
    }
    with storing(path):
        pq.write_table(pa.table(columns), path, compression="zstd")


def _written(value: object) -> object:
    return whole(str(value)) if isinstance(value, str) else value


def _type_of(kind: Kind, pa: Any) -> Any:
    match kind:
        case Kind.TEXT:
            return pa.string()
        case Kind.COUNT:
            return pa.int64()
        case Kind.NUMBER | Kind.SHARE | Kind.SECONDS:
            return pa.float64()
        case Kind.DAY:
            return pa.date32()
        case Kind.MOMENT:
            return pa.timestamp("us")
        case Kind.FLAG:
            return pa.bool_()
