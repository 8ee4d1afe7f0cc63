"""The tables of a `.dna` file, as Discourse Network Analyzer 3 makes them in SQLite."""

from __future__ import annotations

LONGEST = 190
"""The characters that a title, label or value may have."""

PERMISSIONS = (
    *("PermissionAddDocuments", "PermissionEditDocuments", "PermissionDeleteDocuments"),
    *("PermissionImportDocuments", "PermissionAddStatements", "PermissionEditStatements"),
    *("PermissionDeleteStatements", "PermissionEditAttributes", "PermissionEditRegex"),
    *("PermissionEditStatementTypes", "PermissionEditCoders", "PermissionEditCoderRelations"),
    *("PermissionViewOthersDocuments", "PermissionEditOthersDocuments"),
    *("PermissionViewOthersStatements", "PermissionEditOthersStatements"),
)
"""What a coder may do; each 0 or 1."""

APPEARANCE = (
    *("Refresh", "FontSize", "PopupWidth", "ColorByCoder", "PopupDecoration"),
    "PopupAutoComplete",
)
"""How a coder likes it; numbers."""

_RGB = ", ".join(
    f"{name} INTEGER NOT NULL DEFAULT 0 CHECK ({name} BETWEEN 0 AND 255)"
    for name in ("Red", "Green", "Blue")
)
_SHORT = "TEXT NOT NULL CHECK (LENGTH({0}) < 191)"
_DEFAULT = "TEXT NOT NULL DEFAULT '' CHECK (LENGTH({0}) < 191)"


def _reference(column: str, table: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table}(ID) ON DELETE CASCADE"


def _flag(name: str) -> str:
    return f"{name} INTEGER NOT NULL DEFAULT 1 CHECK ({name} BETWEEN 0 AND 1)"


def _data(name: str, value: str, *more: str) -> str:
    parts = (
        "ID INTEGER PRIMARY KEY NOT NULL",
        "StatementId INTEGER NOT NULL",
        "VariableId INTEGER NOT NULL",
        value,
        _reference("StatementId", "STATEMENTS"),
        _reference("VariableId", "VARIABLES"),
        *more,
        "UNIQUE (StatementId, VariableId)",
    )
    return f"CREATE TABLE {name}({', '.join(parts)})"


TABLES = (
    "CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL)",
    "CREATE TABLE CODERS(ID INTEGER NOT NULL PRIMARY KEY, "
    f"Name {_SHORT.format('Name')}, {_RGB}, "
    "Refresh INTEGER NOT NULL CHECK (Refresh BETWEEN 0 AND 9999) DEFAULT 0, "
    "FontSize INTEGER NOT NULL CHECK (FontSize BETWEEN 1 AND 99) DEFAULT 14, "
    f"Password {_SHORT.format('Password')}, "
    "PopupWidth INTEGER CHECK (PopupWidth BETWEEN 100 AND 9999) DEFAULT 300, "
    "ColorByCoder INTEGER NOT NULL CHECK (ColorByCoder BETWEEN 0 AND 1) DEFAULT 0, "
    "PopupDecoration INTEGER NOT NULL CHECK (PopupDecoration BETWEEN 0 AND 1) DEFAULT 0, "
    f"{_flag('PopupAutoComplete')}, {', '.join(map(_flag, PERMISSIONS))})",
    "CREATE TABLE DOCUMENTS(ID INTEGER NOT NULL PRIMARY KEY, "
    f"Title {_SHORT.format('Title')}, Text TEXT NOT NULL, Coder INTEGER, "
    f"Author {_DEFAULT.format('Author')}, Source {_DEFAULT.format('Source')}, "
    f"Section {_DEFAULT.format('Section')}, Notes TEXT NOT NULL DEFAULT '', "
    f"Type {_DEFAULT.format('Type')}, Date INTEGER NOT NULL, {_reference('Coder', 'CODERS')})",
    "CREATE TABLE STATEMENTTYPES(ID INTEGER NOT NULL PRIMARY KEY, "
    f"Label {_SHORT.format('Label')}, {_RGB})",
    "CREATE TABLE VARIABLES(ID INTEGER NOT NULL PRIMARY KEY, "
    f"Variable {_SHORT.format('Variable')}, DataType TEXT NOT NULL CHECK (DataType = 'boolean' "
    "OR DataType = 'integer' OR DataType = 'long text' OR DataType = 'short text') DEFAULT "
    f"'short text', StatementTypeId INTEGER, {_reference('StatementTypeId', 'STATEMENTTYPES')}, "
    "UNIQUE (Variable, StatementTypeId))",
    "CREATE TABLE VARIABLELINKS(ID INTEGER NOT NULL PRIMARY KEY, SourceVariableId INTEGER, "
    "TargetVariableId INTEGER, CHECK (TargetVariableId != SourceVariableId), "
    f"{_reference('SourceVariableId', 'VARIABLES')}, "
    f"{_reference('TargetVariableId', 'VARIABLES')})",
    f"CREATE TABLE REGEXES(Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < 191), {_RGB})",
    "CREATE TABLE CODERRELATIONS(ID INTEGER NOT NULL PRIMARY KEY, "
    "Coder INTEGER CHECK(Coder > 0), OtherCoder INTEGER CHECK(OtherCoder > 0), "
    + ", ".join(map(_flag, ("viewStatements", "editStatements", "viewDocuments", "editDocuments")))
    + ", CHECK (Coder != OtherCoder), "
    f"{_reference('Coder', 'CODERS')}, {_reference('OtherCoder', 'CODERS')})",
    "CREATE TABLE STATEMENTS(ID INTEGER NOT NULL PRIMARY KEY, StatementTypeId INTEGER, "
    "DocumentId INTEGER, Start INTEGER NOT NULL CHECK(Start >= 0), "
    "Stop INTEGER NOT NULL CHECK(Stop >= 0), Coder INTEGER, CHECK (Start < Stop), "
    f"{_reference('StatementTypeId', 'STATEMENTTYPES')}, {_reference('Coder', 'CODERS')}, "
    f"{_reference('DocumentId', 'DOCUMENTS')})",
    _data("DATABOOLEAN", "Value INTEGER NOT NULL DEFAULT 1"),
    _data("DATAINTEGER", "Value INTEGER NOT NULL DEFAULT 0"),
    "CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL, "
    f"Value {_DEFAULT.format('Value')}, "
    + ", ".join(
        f"{name} INTEGER CHECK ({name} BETWEEN 0 AND 255)" for name in ("Red", "Green", "Blue")
    )
    + ", ChildOf INTEGER CHECK(ChildOf > 0), UNIQUE (VariableId, Value), "
    f"{_reference('ChildOf', 'ENTITIES')}, {_reference('VariableId', 'VARIABLES')})",
    _data("DATASHORTTEXT", "Entity INTEGER NOT NULL", _reference("Entity", "ENTITIES")),
    _data("DATALONGTEXT", "Value TEXT DEFAULT ''"),
    "CREATE TABLE ATTRIBUTEVARIABLES(ID INTEGER PRIMARY KEY NOT NULL, "
    f"VariableId INTEGER NOT NULL, AttributeVariable {_SHORT.format('AttributeVariable')}, "
    f"UNIQUE(VariableId, AttributeVariable), {_reference('VariableId', 'VARIABLES')})",
    "CREATE TABLE ATTRIBUTEVALUES(ID INTEGER PRIMARY KEY NOT NULL, EntityId INTEGER NOT NULL, "
    f"AttributeVariableId INTEGER NOT NULL, AttributeValue {_DEFAULT.format('AttributeValue')}, "
    f"UNIQUE (EntityId, AttributeVariableId), {_reference('EntityId', 'ENTITIES')}, "
    f"{_reference('AttributeVariableId', 'ATTRIBUTEVARIABLES')})",
)
