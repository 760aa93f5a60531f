"""One small class for each engine; all name every norm that holds in a situation.

What a caller builds once for many questions is built in `__init__`; what he brings with each
question is made by `prepare`, outside the clock. Conversion inside the call counts.
"""

import json
from collections.abc import Callable, Collection
from itertools import compress
from typing import Any, ClassVar

from typing_extensions import override

from bedside.rules.condition.nodes import find_facts
from bedside.rules.tables.roster import Roster
from bedside.rules.vocabulary.catalogue import FactType
from bench.printers import CEDAR, CEL, PYTHON, write, write_json_logic
from bench.subject import Answers, Subject


class Engine:
    """Something that can be asked which norms hold."""

    package: ClassVar[str] = ""  # the distribution whose version is printed; none for our own
    decide: Callable[[Any], Collection[str]]

    def __init__(self, subject: Subject) -> None:
        raise NotImplementedError

    def prepare(self, answers: Answers) -> Any:  # noqa: ANN401 - each engine takes its own form
        """Make what this engine takes; the answers as they are, unless it says otherwise."""
        return answers


class Ours(Engine):
    """Our cube index: what is known, as bits, in; names out."""

    def __init__(self, subject: Subject) -> None:
        roster = Roster([name for name, _ in subject.norms])
        find, call = subject.index.find, roster.call
        self.bits = subject.bits
        self.decide = lambda known: call(find(known))

    @override
    def prepare(self, answers: Answers) -> dict[str, int]:
        """Turn answers into bits, as `settle` does for everything that advises."""
        return {fact: bits[answers[fact]] for fact, bits in self.bits.items()}


class OursFromAnswers(Ours):
    """The same, with the answers turned into bits inside the clock."""

    def __init__(self, subject: Subject) -> None:
        super().__init__(subject)
        find, rows = self.decide, tuple(self.bits.items())
        self.decide = lambda answers: find({fact: bits[answers[fact]] for fact, bits in rows})

    @override
    def prepare(self, answers: Answers) -> Any:
        return answers


class Closure(Engine):
    """One generated Python function, every norm an `if`: the measure of all others."""

    def __init__(self, subject: Subject) -> None:
        facts = sorted({fact for _, tree in subject.norms for fact in find_facts(tree)})
        lines = ["def decide(answers):", " found = []", " add = found.append"]
        lines += [f" {fact} = answers[{fact!r}]" for fact in facts]
        lines += [f" if {write(tree, PYTHON)}: add({name!r})" for name, tree in subject.norms]
        made: dict[str, Any] = {}
        source = "\n".join([*lines, " return found"])
        exec(compile(source, "<norms>", "exec"), made)  # noqa: S102 - our own norms, printed by us
        self.decide = made["decide"]


class DataLogic(Engine):
    """JSONLogic in Rust: one rule that is a list of all conditions."""

    package: ClassVar[str] = "datalogic-py"

    def __init__(self, subject: Subject) -> None:
        from datalogic_py import Engine as Logic

        names = tuple(name for name, _ in subject.norms)
        rule = Logic().compile([write_json_logic(tree) for _, tree in subject.norms])
        self.decide = lambda answers: list(compress(names, rule.evaluate(answers)))


class Cedar(Engine):
    """Cedar in Rust: each norm is a permit; the decision names all that are satisfied."""

    package: ClassVar[str] = "cedarpy"

    def __init__(self, subject: Subject) -> None:
        import cedarpy

        head = "permit(principal, action, resource) when"
        text = "\n".join(
            f"@id({json.dumps(name)})\n{head} {{ {write(tree, CEDAR)} }};"
            for name, tree in subject.norms
        )
        policies = cedarpy.PolicySet.from_str(text)
        entities = cedarpy.Entities.from_json_str("[]")
        ask = cedarpy.is_authorized
        self.decide = lambda request: list(
            ask(request, policies, entities).diagnostics.id_annotations_by_reason.values()
        )

    @override
    def prepare(self, answers: Answers) -> dict[str, object]:
        """Make a request whose context is the situation."""
        who = {"principal": 'User::"o"', "action": 'Action::"decide"', "resource": 'R::"x"'}
        return {**who, "context": answers}


class _Cel(Engine):
    package: ClassVar[str] = "cel-expr-python"

    def __init__(self, subject: Subject) -> None:
        from cel_expr_python import cel

        kinds = {
            FactType.WORD: cel.Type.STRING,
            FactType.FLAG: cel.Type.BOOL,
            FactType.COUNT: cel.Type.INT,
        }
        types = {fact.id: kinds[fact.type] for fact in subject.vocabulary.facts.values()}
        self.environment = cel.NewEnv(variables=types)
        self.names = tuple(name for name, _ in subject.norms)


class CelList(_Cel):
    """Google's C++ CEL: one type-checked expression that is a list of all conditions."""

    def __init__(self, subject: Subject) -> None:
        super().__init__(subject)
        text = ", ".join(write(tree, CEL) for _, tree in subject.norms)
        program, names = self.environment.compile(f"[{text}]"), self.names
        self.decide = lambda answers: list(
            compress(names, program.eval(data=answers).plain_value())
        )


class CelEach(_Cel):
    """Google's C++ CEL: a program for each norm, over one activation."""

    def __init__(self, subject: Subject) -> None:
        super().__init__(subject)
        compile_, activate = self.environment.compile, self.environment.Activation
        programs = [(name, compile_(write(tree, CEL))) for name, tree in subject.norms]

        def decide(answers: Answers) -> list[str]:
            activation = activate(answers)
            return [name for name, program in programs if program.eval(activation).value()]

        self.decide = decide


ENGINES: dict[str, type[Engine]] = {
    "ours": Ours,
    "ours, from answers": OursFromAnswers,
    "closure": Closure,
    "datalogic": DataLogic,
    "C++ CEL, one list": CelList,
    "C++ CEL, one each": CelEach,
    "Cedar": Cedar,
}
