"""A sheet, or the reason why there is none, as JSON of bounded size and back."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flows.forms.form import Cell, Sheet, Unreadable

MAX_JSON = 16 * 2**20


def reading_to_json(reading: Sheet | Unreadable) -> str:
    if isinstance(reading, Unreadable):
        content = {"unreadable": {"reason": reading.reason, "detail": dict(reading.detail)}}
    else:
        content = {"sheet": sheet_to_dict(reading)}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    if len(text) <= MAX_JSON or isinstance(reading, Unreadable):
        return text
    return reading_to_json(Unreadable("too_much_text", {"sheet": reading.name}))


def reading_from_json(text: str) -> Sheet | Unreadable:
    content = json.loads(text)
    if "sheet" in content:
        return sheet_from_dict(content["sheet"])
    return Unreadable(content["unreadable"]["reason"], content["unreadable"]["detail"])


def sheet_to_dict(sheet: Sheet) -> dict[str, Any]:
    content: dict[str, Any] = {
        "name": sheet.name,
        "rows": [[number, _row_to_dict(row)] for number, row in sheet.rows],
        "meta": dict(sheet.meta),
        "sheets": list(sheet.sheets),
    }
    if sheet.parts:
        content["parts"] = [sheet_to_dict(part) for part in sheet.parts]
    if sheet.rivals:
        content["rivals"] = list(sheet.rivals)
    if sheet.elsewhere:
        content["elsewhere"] = [list(heading) for heading in sheet.elsewhere]
    return content


def sheet_from_dict(content: Mapping[str, Any]) -> Sheet:
    rows = tuple(
        (number, {column: _cell(f"{column}{number}", cell) for column, cell in row.items()})
        for number, row in content["rows"]
    )
    parts = tuple(sheet_from_dict(part) for part in content.get("parts", ()))
    names, rivals = tuple(content["sheets"]), tuple(content.get("rivals", ()))
    elsewhere = tuple((name, at, text) for name, at, text in content.get("elsewhere", ()))
    return Sheet(content["name"], rows, content["meta"], names, parts, rivals, elsewhere)


def _row_to_dict(row: Mapping[str, Cell]) -> dict[str, list[str | None]]:
    return {
        column: [
            cell.kind,
            cell.text,
            None if cell.number is None else str(cell.number),
            cell.formula,
            cell.format,
        ]
        for column, cell in row.items()
    }


def _cell(address: str, content: list[Any]) -> Cell:
    kind, text, number, formula, form = content
    return Cell(address, kind, text, None if number is None else Decimal(number), formula, form)
