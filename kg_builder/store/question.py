"""Saved questions: a `.rq` file whose first comment lines are its title, its parameters and its title in Arabic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg_builder.errors import InputError, OptionError
from kg_builder.ontology import data_folder

_PARAMETER = re.compile(r"(\w+)(?::(\w+))?(?:=(\S+))? \(([^)]*)\)")
_VARIABLE = re.compile(r"[?$](\w+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question must be given; with a `default`, what it may be given.

    `kind` says what term a value becomes: text, day, number, iri; "" where its writing decides.
    """

    name: str
    kind: str
    meaning: str
    default: str | None = None


@dataclass(frozen=True)
class Query:
    """A question: its name, what its first comment lines say, its text.

    `parameters` reads `person:text (words of the name), days:number=7 (how far)`: name, kind, default if any, meaning.
    """

    name: str
    title: str
    parameters: str
    text: str
    title_ar: str = ""

    @cached_property
    def asks(self) -> tuple[Parameter, ...]:
        """The parameters one by one."""
        found = _PARAMETER.findall(self.parameters)
        return tuple(Parameter(name, kind, meaning, default or None) for name, kind, default, meaning in found)

    @property
    def usage(self) -> str:
        """The parameters as a person writes them: `person (words of the name), days=7 (how far)`."""
        told = (f"{p.name}{f'={p.default}' if p.default else ''} ({p.meaning})" for p in self.asks)
        return ", ".join(told) or self.parameters

    @property
    def needed(self) -> frozenset[str]:
        """The names of the parameters that have no default."""
        return frozenset(p.name for p in self.asks if p.default is None)

    @property
    def defaults(self) -> dict[str, str]:
        """The parameters that may be left out, with what they are then."""
        return {p.name: p.default for p in self.asks if p.default is not None}

    @cached_property
    def variables(self) -> frozenset[str]:
        """The variables of the text, any of which may be given if it is projected."""
        return frozenset(_VARIABLE.findall(self.text))


def bundled() -> list[Query]:
    """The questions that ship with the package, by name."""
    return [_read(path) for path in sorted(data_folder("queries").glob("*.rq"))]


def find(name_or_file: str) -> Query:
    """A bundled question by its name, or one from a file."""
    known = {path.stem: path for path in data_folder("queries").glob("*.rq")}
    path = known.get(name_or_file, Path(name_or_file))
    try:
        return _read(path)
    except FileNotFoundError:
        choices = ", ".join(sorted(known))
        raise OptionError(f"{name_or_file}: neither a file nor a bundled query; known are {choices}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(name_or_file, f"cannot be read: {error}") from error


def _read(path: Path) -> Query:
    text = path.read_text(encoding="utf-8")
    heading = text.partition("\nPREFIX")[0]
    comments = [line.lstrip("# ").strip() for line in heading.splitlines() if line.startswith("#")]
    title, parameters, title_ar = ([*comments[:3], "", "", ""])[:3]
    parameters = parameters.removeprefix("parameters:").strip().removeprefix("none")
    return Query(path.stem, title, parameters, text, title_ar)
