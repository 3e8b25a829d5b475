"""Who may do what: one table, one row per act, to be read aloud.

A row names the token scope that covers the act and, per role, the predicate under which it is allowed.
Everyone outside the project is told that there is nothing here (404); a member without the right is told
that they may not (403).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from ..errors import Forbidden, OwnWork
from ..records import Standing
from ..vocabulary import Role, Scope
from ..words import noted, say

Predicate = Callable[[Standing], bool]


def always(_standing: Standing) -> bool:
    """Every member."""
    return True


def never(_standing: Standing) -> bool:
    """No member."""
    return False


def assigned(standing: Standing) -> bool:
    """Has the article in hand, to label or to review."""
    return standing.labels or standing.reviews


def labels(standing: Standing) -> bool:
    """Is to label the article."""
    return standing.labels


def own(standing: Standing) -> bool:
    """It is their own."""
    return standing.own


def own_and_labels(standing: Standing) -> bool:
    """Their own set of an article that they are (still) to label."""
    return standing.own and standing.labels


def reviews(standing: Standing) -> bool:
    """Is to review the article."""
    return standing.reviews


def reviews_other(standing: Standing) -> bool:
    """Is to review the article, and the set is somebody else's."""
    return standing.reviews and not standing.own


def peer_reviews_other(standing: Standing) -> bool:
    """The same for annotators, where the project has peer review."""
    return standing.peer_review and standing.reviews and not standing.own


def other(standing: Standing) -> bool:
    """The set is somebody else's."""
    return not standing.own


def settles(standing: Standing) -> bool:
    """Has not labelled it; where names are hidden, has not had it to review either: a review shows them."""
    return not standing.own and not (standing.blind and standing.reviews)


def own_or_open(standing: Standing) -> bool:
    """Their own set, or another's once both are submitted; a peer reviewer's, too."""
    return standing.own or standing.both_submitted or peer_reviews_other(standing)


def own_or_reviews(standing: Standing) -> bool:
    """Their own set, or one of an article that they are to review."""
    return standing.own or standing.reviews


def granted(standing: Standing) -> bool:
    """Has been granted the export."""
    return standing.can_export


def granted_by_name(standing: Standing) -> bool:
    """Has been granted the export, and names are not hidden."""
    return standing.can_export and not standing.blind


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    scope: Scope
    annotator: Predicate
    reviewer: Predicate
    manager: Predicate


class Act(Enum):
    """What a person does. The names stand in code in full, so that each use can be found."""

    READ_PROJECT = noted("read the project")
    READ_ARTICLE = noted("read the article")
    READ_SET = noted("read this annotation set")
    START_SET = noted("label this article")
    READ_CARRYING = noted("see what is carried over from this annotation set")
    CARRY_OVER = noted("carry this annotation set over")
    WRITE_SET = noted("change this annotation set")
    SUBMIT_SET = noted("submit or take back this annotation set")
    REVIEW_SET = noted("review this annotation set")
    READ_DISAGREEMENTS = noted("see where people disagree")
    READ_ADJUDICATION = noted("see this adjudication")
    ADJUDICATE = noted("adjudicate this article")
    COMMENT = noted("comment here")
    COMMENT_ARTICLE = noted("comment on this article")
    READ_ALL_COMMENTS = noted("read what everybody says of this article")
    READ_PROGRESS = noted("see the progress")
    CHANGE_PROJECT = noted("change the project")
    CHANGE_SCHEME = noted("change the scheme")
    CHANGE_ARTICLE = noted("change this article's metadata")
    IMPORT = noted("import articles")
    READ_IMPORTS = noted("see the imports")
    ASSIGN = noted("assign articles")
    READ_ASSIGNMENTS = noted("see who has which article")
    EXPORT = noted("export")
    EXPORT_NAMES = noted("export people’s names")
    READ_RELEASES = noted("see the releases")
    MAKE_RELEASE = noted("make a release")
    READ_MEMBERS = noted("see who is in the project")
    CHANGE_MEMBERS = noted("change who is in the project")


ROLES = {
    Role.ANNOTATOR: noted("annotator"),
    Role.REVIEWER: noted("reviewer"),
    Role.MANAGER: noted("manager"),
}

PERMISSIONS: dict[Act, Row] = {
    #                          scope           annotator       reviewer        manager
    Act.READ_PROJECT: Row(Scope.READ, always, always, always),
    Act.READ_ARTICLE: Row(Scope.READ, assigned, assigned, always),
    Act.READ_SET: Row(Scope.READ, own_or_open, own_or_reviews, always),
    # A manager who starts a set is assigned by it.
    Act.START_SET: Row(Scope.ANNOTATE, labels, labels, always),
    Act.READ_CARRYING: Row(Scope.READ, own, own, own),
    Act.CARRY_OVER: Row(Scope.ANNOTATE, own, own, own),
    Act.WRITE_SET: Row(Scope.ANNOTATE, own_and_labels, own_and_labels, own_and_labels),
    Act.SUBMIT_SET: Row(Scope.ANNOTATE, own, own, own),
    Act.REVIEW_SET: Row(Scope.REVIEW, peer_reviews_other, reviews_other, other),
    Act.READ_DISAGREEMENTS: Row(Scope.READ, never, always, always),
    Act.READ_ADJUDICATION: Row(Scope.READ, never, settles, other),
    Act.ADJUDICATE: Row(Scope.REVIEW, never, settles, other),
    Act.COMMENT: Row(Scope.ANNOTATE, own_or_open, own_or_reviews, always),
    Act.COMMENT_ARTICLE: Row(Scope.ANNOTATE, assigned, assigned, always),
    # Who labels an article does not read there what others who label it say.
    Act.READ_ALL_COMMENTS: Row(Scope.READ, peer_reviews_other, reviews, always),
    Act.READ_PROGRESS: Row(Scope.READ, always, always, always),
    Act.CHANGE_PROJECT: Row(Scope.MANAGE, never, never, always),
    Act.CHANGE_SCHEME: Row(Scope.MANAGE, never, never, always),
    Act.CHANGE_ARTICLE: Row(Scope.IMPORT, never, never, always),
    Act.IMPORT: Row(Scope.IMPORT, never, never, always),
    Act.READ_IMPORTS: Row(Scope.READ, never, never, always),
    Act.ASSIGN: Row(Scope.MANAGE, never, never, always),
    Act.READ_ASSIGNMENTS: Row(Scope.READ, never, never, always),
    Act.EXPORT: Row(Scope.EXPORT, never, granted, always),
    Act.EXPORT_NAMES: Row(Scope.EXPORT, never, granted_by_name, always),
    Act.READ_RELEASES: Row(Scope.READ, never, granted, always),
    Act.MAKE_RELEASE: Row(Scope.MANAGE, never, never, always),
    Act.READ_MEMBERS: Row(Scope.READ, never, never, always),
    Act.CHANGE_MEMBERS: Row(Scope.MANAGE, never, never, always),
}


def allows(act: Act, standing: Standing) -> bool:
    """Look the act up in the table; nothing is done with what is kept from oneself until a second look."""
    if standing.concealed:
        return False
    row = PERMISSIONS[act]
    column = {
        Role.ANNOTATOR: row.annotator,
        Role.REVIEWER: row.reviewer,
        Role.MANAGER: row.manager,
    }[standing.role]
    return column(standing)


def require(act: Act, standing: Standing) -> None:
    """Raise `Forbidden` (or `OwnWork`) unless the table allows the act."""
    if allows(act, standing):
        return
    if act is Act.REVIEW_SET and standing.own:
        raise OwnWork(say("Nobody reviews their own work. Ask a manager to assign somebody else."))
    if act in (Act.READ_ADJUDICATION, Act.ADJUDICATE) and standing.own:
        raise OwnWork(
            say(
                "You have labelled this article yourself. Somebody else has to settle the"
                " disagreements."
            )
        )
    if standing.concealed:
        raise Forbidden(
            say(
                "You are to look at this article again. What you marked the first time is shown once"
                " you have handed that in."
            )
        )
    if act in (Act.READ_ADJUDICATION, Act.ADJUDICATE) and standing.blind and standing.reviews:
        raise Forbidden(
            say(
                "In this project names are hidden from who settles disagreements. You have had this"
                " article to review, and a review shows them: somebody else has to settle it."
            )
        )
    raise Forbidden(
        say("As {role} you may not {act}.", role=say(ROLES[standing.role]), act=say(act.value))
    )
