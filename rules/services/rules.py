"""Verbs on rules: put the catalogue into the table, list, switch and configure them."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from artists.models import Library
from rules.catalogue import BY_ID, RULES, rule_by_id
from rules.models import ACTIVE, RuleSetting, Status, Violation
from rules.types import Config, Rule
from rules.verdicts import ActiveRule
from stillwater import events
from stillwater.errors import Conflict, Invalid
from stillwater.models import Role, User
from stillwater.services.options import change_options, option
from stillwater.services.preferences import LANGUAGES, preference_of

MODES = ("auto", "manual")
CLASSICAL_MODE = "rule.classical_mode"


@dataclass(frozen=True, slots=True)
class RuleState:
    """A rule with how it is set; what the page and the API print."""

    rule: Rule
    setting: RuleSetting
    config: Config

    @property
    def fixes_alone(self) -> bool:
        """A check by hand or by the clock also mends what this rule finds."""
        return self.rule.fixable and self.setting.enabled and self.setting.automation_mode == "auto"


def seed(**_signal: Any) -> None:
    """Insert what is missing; what a person set stays. Called after every migration."""
    have = set(RuleSetting.objects.values_list("pk", flat=True))
    new = [
        RuleSetting(id=rule.id, enabled=rule.default_enabled, automation_mode=rule.default_mode, config=rule.defaults())
        for rule in RULES
        if rule.id not in have
    ]
    RuleSetting.objects.bulk_create(new, ignore_conflicts=True)
    fixable = [rule.id for rule in RULES if rule.fixable]
    Violation.objects.filter(rule__in=fixable, fixable=False).update(fixable=True)  # found before the fix was made


def list_rules() -> list[RuleState]:
    """Every rule of the catalogue, in its order."""
    settings = {setting.pk: setting for setting in RuleSetting.objects.all()}
    return [_state(rule, settings[rule.id]) for rule in RULES if rule.id in settings]


def rule_state(rule_id: str) -> RuleState:
    """Raises NotFound."""
    rule = rule_by_id(rule_id)
    return _state(rule, RuleSetting.objects.get(pk=rule.id))


def active_rules() -> list[ActiveRule]:
    """The rules that are switched on, in the order of the catalogue, each with its configuration."""
    settings = {setting.pk: setting for setting in RuleSetting.objects.filter(enabled=True)}
    rules = [rule for rule in RULES if rule.id in settings]
    languages = preferred_languages() if any(rule.asks_languages for rule in rules) else ()
    return [_active(rule, settings[rule.id], languages) for rule in rules]


def active_rule(rule_id: str) -> ActiveRule | None:
    """One of them; None where it is switched off."""
    setting = RuleSetting.objects.filter(pk=rule_id, enabled=True).first()
    rule = BY_ID.get(rule_id)
    if setting is None or rule is None:
        return None
    return _active(rule, setting, preferred_languages() if rule.asks_languages else ())


def update_rule(
    rule_id: str,
    *,
    enabled: bool | None = None,
    automation_mode: str | None = None,
    config: Mapping[str, Any] | None = None,
) -> RuleState:
    """Change what is given; a configuration replaces the whole old one. Switching off resolves the rule's findings.

    Raises NotFound, Invalid, and Conflict where the rule needs files and no library has a folder.
    """
    rule = rule_by_id(rule_id)
    if automation_mode is not None and automation_mode not in MODES:
        raise Invalid(f"automation_mode must be one of {', '.join(MODES)}", "automation_mode")
    with transaction.atomic():
        setting = RuleSetting.objects.select_for_update().get(pk=rule.id)
        if enabled and not setting.enabled and rule.filesystem and not has_local_library():
            raise Conflict("this rule looks at files, and no library has a folder")
        setting.config = setting.config if config is None else rule.checked_config(config)
        setting.automation_mode = automation_mode or setting.automation_mode
        setting.enabled = setting.enabled if enabled is None else enabled
        setting.updated_at = timezone.now()
        setting.save()
        if not setting.enabled:
            _resolve_findings(rule.id)
            look_again()
        events.publish("settings.changed", {"keys": [f"rule.{rule.id}"]})
    return _state(rule, setting)


def has_local_library() -> bool:
    return Library.objects.exclude(path="").exists()


def preferred_languages() -> tuple[str, ...]:
    """The metadata languages of the first active administrator, the protected one before others."""
    people = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
    first = people.order_by("-is_protected", "pk").first()
    return tuple(json.loads(preference_of(first, LANGUAGES))) if first else ()


def classical_mode() -> str:
    return option(CLASSICAL_MODE)


def set_classical_mode(mode: str) -> str:
    """skip, composer or performer. Raises Invalid."""
    change_options({CLASSICAL_MODE: mode})
    return classical_mode()


def look_again(*rules: str) -> None:
    """These rules (none named: all that are on) judge otherwise from now on, or weigh otherwise in the health."""
    chosen = RuleSetting.objects.filter(enabled=True)
    (chosen.filter(pk__in=rules) if rules else chosen).update(updated_at=timezone.now())


def follow_settings(keys: Collection[str]) -> None:
    """Settings have changed, by whichever door: rules that go by them have to be asked again."""
    if CLASSICAL_MODE in keys:
        look_again()
    elif LANGUAGES in keys:
        look_again(*(rule.id for rule in RULES if rule.asks_languages))


def _state(rule: Rule, setting: RuleSetting) -> RuleState:
    return RuleState(rule, setting, rule.config(setting.config))


def _active(rule: Rule, setting: RuleSetting, languages: tuple[str, ...]) -> ActiveRule:
    asked = languages if rule.asks_languages else ()
    config = rule.config(setting.config, languages=asked)
    return ActiveRule(rule, config, setting.automation_mode, setting.updated_at)


def _resolve_findings(rule_id: str) -> None:
    now = timezone.now()
    Violation.objects.filter(rule=rule_id, status__in=ACTIVE).update(
        status=Status.RESOLVED, resolved_at=now, updated_at=now, candidates=[]
    )
