"""What the theme's templates are compiled to: Python that does no more than they ask for.

Jinja's own code asks everything that is called whether it wants the context, and makes a Markup
of everything that is printed, to put it into a page that is no Markup. No macro and no view
wants the context, and what is printed can go into the page as it is. The text and the errors are
the same (``tests/unit/theme/test_template_code.py``); pages take two thirds of the time.
"""

from __future__ import annotations

from keyword import iskeyword
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape


def printed(value: object) -> str:
    """``value`` as it stands in a page: escaped, unless it is Markup."""
    if type(value) is Markup:
        return value
    if type(value) is str and not (
            "&" in value or "<" in value or ">" in value or '"' in value or "'" in value):
        return value
    return escape(value)


class _DirectCode(CodeGenerator):
    """Writes a call as a call, and prints with :func:`printed`."""

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
            self.write("environment.printed(")


class DirectEnvironment(Environment):
    """An environment without ``finalize`` whose templates are compiled to direct code."""

    code_generator_class = _DirectCode
    printed = staticmethod(printed)
