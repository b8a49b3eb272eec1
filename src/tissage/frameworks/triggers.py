"""What is published stays: a published version is neither removed nor unpublished; its codes keep kind, code and version, and stay; so do its obligations."""

from __future__ import annotations

from tissage.people.triggers import Guard, Rule

NODE, VERSION, OBLIGATION = "frameworks_node", "frameworks_frameworkversion", "frameworks_obligation"
OF_A_PUBLISHED_VERSION = f"EXISTS (SELECT 1 FROM {VERSION} WHERE id = OLD.version_id AND published_at IS NOT NULL)"

PUBLISHED_STAYS = Guard(
    {
        "frameworks_node_keeps_code": Rule(
            NODE,
            "UPDATE OF kind, code, version_id",
            f"(OLD.kind <> NEW.kind OR OLD.code <> NEW.code OR OLD.version_id <> NEW.version_id) AND {OF_A_PUBLISHED_VERSION}",
            "a code of a published version does not change",
        ),
        "frameworks_node_stays": Rule(NODE, "DELETE", OF_A_PUBLISHED_VERSION, "a code of a published version is not removed"),
        "frameworks_obligation_keeps_code": Rule(
            OBLIGATION,
            "UPDATE OF code, version_id",
            f"(OLD.code <> NEW.code OR OLD.version_id <> NEW.version_id) AND {OF_A_PUBLISHED_VERSION}",
            "an obligation of a published version keeps its code",
        ),
        "frameworks_obligation_stays": Rule(
            OBLIGATION, "DELETE", OF_A_PUBLISHED_VERSION, "an obligation of a published version is not removed"
        ),
        "frameworks_version_stays": Rule(VERSION, "DELETE", "OLD.published_at IS NOT NULL", "a published version is not removed"),
        "frameworks_version_stays_published": Rule(
            VERSION,
            "UPDATE OF published_at, label, framework_id",
            "OLD.published_at IS NOT NULL AND (NEW.published_at IS NULL OR OLD.label <> NEW.label OR OLD.framework_id <> NEW.framework_id)",
            "a published version stays published under its name",
        ),
    }
)
