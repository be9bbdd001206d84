"""What the theme's templates are compiled to: Python that does no more than they ask for.

Jinja's own code asks everything that is called whether it wants the context, looks for an item
where an object lacks an attribute, sorts the arguments of each macro, and makes a Markup of
everything that is printed, to put it into a page that is no Markup. No macro and no view wants the
context, views have attributes and no items, and what is printed can go into the page as it is. The
text and the errors are the same (``tests/unit/theme/test_template_code.py``); pages take about
half of the time.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from keyword import iskeyword
from types import FunctionType
from typing import Any, NoReturn

from jinja2 import Environment, UndefinedError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

Block = Callable[[Context], Iterator[str]]

as_markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""``Markup(text)`` of a plain string that is safe, without asking it for ``__html__``."""


def printed(value: object) -> str:
    """``value`` as it stands in a page: escaped, unless it is Markup."""
    if type(value) is Markup:
        return value
    if type(value) is str and not (
            "&" in value or "<" in value or ">" in value or '"' in value or "'" in value):
        return value
    if type(value) is int:
        return str(value)
    return escape(value)


class _DirectMacro(Macro):
    """A macro that passes its arguments on, unless they are of the unusual kinds."""

    def __init__(
        self, environment: Environment, func: FunctionType, name: str, arguments: list[str],
        *kinds: bool,
    ) -> None:
        super().__init__(environment, func, name, arguments, *kinds)
        func.__defaults__ = (missing,) * len(arguments)
        self._direct = kinds == (False, False, False, True)
        """Without ``kwargs``, ``varargs`` and ``caller``, and its text is Markup."""

    def __call__(self, *given: Any, **named: Any) -> str:
        if not self._direct or len(given) > self._argument_count:
            return super().__call__(*given, **named)
        if not named:
            return as_markup(self._func(*given))
        lacking = self.arguments[len(given):]
        if not named.keys() <= {*lacking}:
            return super().__call__(*given, **named)
        return as_markup(self._func(*given, *[named.get(name, missing) for name in lacking]))


def called(macro: Any, *values: object) -> Markup:
    """What a macro prints where no template calls it; its faults are told as a template's."""
    try:
        printed_by_it: Markup = macro(*values)
    except (AttributeError, UndefinedError):
        macro._environment.handle_exception()
    return printed_by_it


class _DirectCode(CodeGenerator):
    """Writes a call as a call and an attribute as an attribute, and prints with :func:`printed`."""

    _asks = 0
    """How many tests what is written stands in."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        super().visit_Template(node, frame)
        for name in self.blocks:
            self.writeline(f"block_{name} = blocks[{name!r}] = environment.whole(block_{name})")

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("Macro = environment.macro")
        self.writeline("printed = environment.printed")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        block = isinstance(node.node, nodes.Name) and node.node.name == "self"
        if block or self._asks or isinstance(node.node, nodes.Const) or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        # Whether an attribute is there may be asked.
        self._asks += 1
        super().visit_Test(node, frame)
        self._asks -= 1

    def visit_Call(
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        if node.dyn_args or node.dyn_kwargs or forward_caller or any(
                iskeyword(argument.key) for argument in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("printed(")


def _whole(block: Block) -> Block:
    """The block in one piece, which the page hands on sooner than hundreds."""

    def whole(context: Context) -> Iterator[str]:
        yield "".join(block(context))

    return whole


class DirectEnvironment(Environment):
    """An environment without ``finalize`` whose templates are compiled to direct code."""

    code_generator_class = _DirectCode
    printed = staticmethod(printed)
    macro = _DirectMacro
    whole = staticmethod(_whole)

    def handle_exception(self, source: str | None = None) -> NoReturn:
        """An attribute that is absent becomes the fault that Jinja tells."""
        error = sys.exc_info()[1]
        if not (isinstance(error, AttributeError) and _in_template(error)):
            super().handle_exception(source)
        try:
            self.undefined(obj=error.obj, name=error.name)._fail_with_undefined_error()
        except UndefinedError as fault:
            fault.with_traceback(error.__traceback__)
            super().handle_exception(source)


def _in_template(error: AttributeError) -> bool:
    """Whether a template asked for the attribute, and not what a template called."""
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    return "__jinja_template__" in frame.f_globals
