"""Rules over REST: list, configure, run, and how far a run is."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema

from rules.services import rules as verbs
from stillwater.api.auth import require_admin
from stillwater.api.errors import errors

router = Router(tags=["Rules"])


class RuleSettingOut(Schema):
    """One thing to configure, for whoever draws a form."""

    key: str
    kind: str
    label: str
    default: str | float | bool
    low: float
    high: float
    choices: list[str]
    help: str


class RuleOut(Schema):
    id: str
    name: str
    description: str
    doc: str
    category: str
    enabled: bool
    automation_mode: str
    config: dict[str, Any]
    settings: list[RuleSettingOut]
    fixable: bool
    filesystem_dependent: bool
    created_at: datetime
    updated_at: datetime
    evaluated_at: datetime | None

    @classmethod
    def of(cls, state: verbs.RuleState) -> "RuleOut":
        rule, setting = state.rule, state.setting
        return cls(
            id=rule.id,
            name=rule.name,
            description=rule.description,
            doc=rule.doc,
            category=rule.category,
            enabled=setting.enabled,
            automation_mode=setting.automation_mode,
            config=dict(state.config.values),
            settings=[RuleSettingOut(**asdict(one)) for one in rule.settings],
            fixable=rule.fixable,
            filesystem_dependent=rule.filesystem,
            created_at=setting.created_at,
            updated_at=setting.updated_at,
            evaluated_at=setting.evaluated_at,
        )


class RulesOut(Schema):
    rules: list[RuleOut]
    has_local_library: bool


class RuleChange(Schema):
    """What is left out stays; a configuration replaces the whole old one."""

    enabled: bool | None = None
    automation_mode: Literal["auto", "manual"] | None = None
    config: dict[str, Any] | None = None


class ClassicalMode(Schema):
    mode: Literal["skip", "composer", "performer"]


@router.get(
    "/rules",
    operation_id="listRules",
    url_name="rules",
    summary="List the rules",
    response={200: RulesOut, **errors(401)},
)
def list_rules(request: HttpRequest) -> RulesOut:
    """Every rule with its settings, and whether any library has a folder."""
    return RulesOut(
        rules=[RuleOut.of(state) for state in verbs.list_rules()], has_local_library=verbs.has_local_library()
    )


@router.get(
    "/rules/classical-mode",
    operation_id="getClassicalMode",
    url_name="classical_mode",
    summary="How classical artists are treated",
    response={200: ClassicalMode, **errors(401)},
)
def get_classical_mode(request: HttpRequest) -> ClassicalMode:
    """skip: they are not evaluated and count as healthy."""
    return ClassicalMode.model_validate({"mode": verbs.classical_mode()})


@router.put(
    "/rules/classical-mode",
    operation_id="setClassicalMode",
    url_name="set_classical_mode",
    summary="Change how classical artists are treated",
    response={200: ClassicalMode, **errors(400, 401, 403)},
)
def set_classical_mode(request: HttpRequest, payload: ClassicalMode) -> ClassicalMode:
    """Administrators only. Everything is looked at again at the next run."""
    require_admin(request)
    return ClassicalMode.model_validate({"mode": verbs.set_classical_mode(payload.mode)})


@router.put(
    "/rules/{id}",
    operation_id="updateRule",
    url_name="rule",
    summary="Switch or configure a rule",
    response={200: RuleOut, **errors(400, 401, 403, 404, 409, 500)},
)
def update_rule(request: HttpRequest, id: str, payload: RuleChange) -> RuleOut:
    """Administrators only. Switching a rule off resolves its findings."""
    require_admin(request)
    return RuleOut.of(verbs.update_rule(id, **payload.dict()))
