from .selectors import (
    EXPECTED_MILESTONES as EXPECTED_MILESTONES,
    debtors_in as debtors_in,
    debtors_of as debtors_of,
    focal_points_among as focal_points_among,
    focal_points_of as focal_points_of,
    get_participation_for as get_participation_for,
    missing_roles as missing_roles,
    participants_of as participants_of,
    participants_visible_to as participants_visible_to,
    participations_of as participations_of,
    roles_missing as roles_missing,
)
