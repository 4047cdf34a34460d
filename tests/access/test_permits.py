"""Actions ask for the permission themselves: pages, commands and jobs all call them."""

import ast
import inspect
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from villages.models import Office, Role
from villages.permissions import MAY

BASE = Path(__file__).resolve().parents[2]


def modules_with_permits():
    for path in sorted((BASE / "enrollment").rglob("*.py")):
        if "access.permit(by, " in path.read_text():
            yield ".".join(path.relative_to(BASE).with_suffix("").parts)


def verb_of(function):
    """The verb in the function's `access.permit(by, verb)`, or None; None too where an argument
    decides about it: such a function (`disclosures.reveal`) has tests of its own."""
    for node in ast.walk(ast.parse(inspect.getsource(function))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "access.permit":
            with suppress(NameError):
                return eval(ast.unparse(node.args[1]), function.__globals__)
    return None


def guarded_actions():
    for name in modules_with_permits():
        module = import_module(name)
        for function in vars(module).values():
            own = inspect.isfunction(function) and function.__module__ == name
            if own and (verb := verb_of(function)):
                yield pytest.param(function, verb, id=f"{name}.{function.__name__}")


def call(action, role):
    """Call an action as somebody in `role`, with nothing for it to work on."""
    names = inspect.signature(action).parameters
    values = {
        name: None
        for name, parameter in names.items()
        if parameter.kind is not parameter.VAR_KEYWORD
    }
    return action(**{**values, "by": Office(role=role)})


@pytest.mark.django_db
@pytest.mark.parametrize(("action", "verb"), list(guarded_actions()))
def test_an_action_refuses_every_role_without_the_permission(action, verb):
    for role in set(Role) - MAY[verb]:
        with pytest.raises(PermissionDenied):
            call(action, role)


@pytest.mark.django_db
@pytest.mark.parametrize(("action", "verb"), list(guarded_actions()))
def test_a_role_with_the_permission_gets_past_it(action, verb):
    for role in MAY[verb]:
        with pytest.raises(Exception) as raised:
            call(action, role)
        assert not isinstance(raised.value, PermissionDenied)


def functions_that_ignore_who_acts():
    """Functions with a parameter `by` that they never read."""
    for path in sorted((BASE / "enrollment").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.FunctionDef):
                continue
            named = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
            read = {
                name.id
                for line in node.body
                for name in ast.walk(line)
                if isinstance(name, ast.Name)
            }
            if "by" in named - read:
                yield f"{path.relative_to(BASE)}: {node.name}"


def test_no_function_ignores_its_parameter_by():
    assert list(functions_that_ignore_who_acts()) == []
