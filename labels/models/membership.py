"""Who is in a project, and as what."""

from __future__ import annotations

from django.db import models

from ..vocabulary import Role
from .project import Project
from .user import User


class Membership(models.Model):
    """A person's role in a project. Leaving sets `left_at`; coming back clears it."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="memberships", db_index=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    can_export = models.BooleanField(default=False)
    """A reviewer who may export; managers always may, annotators never."""
    created_at = models.DateTimeField(auto_now_add=True)
    trial_at = models.DateTimeField(null=True, blank=True)
    """Since when they have the qualification round before them, or behind them; None where they need none."""
    qualified_at = models.DateTimeField(null=True, blank=True)
    qualified_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    """Who let them pass by hand; None where their score did."""
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "person"], name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.project_id}: {self.role}"

    @property
    def on_trial(self) -> bool:
        """Whether they have yet to pass the qualification round."""
        return self.trial_at is not None and self.qualified_at is None
