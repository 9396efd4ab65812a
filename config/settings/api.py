"""How the API answers, and what its document says of it."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "core.api.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parsers.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.ApiSchema",
    "DEFAULT_PAGINATION_CLASS": "core.api.pagination.CursorPages",
    "URL_FORMAT_OVERRIDE": None,  # what is wanted is said by Accept alone
    "FORMAT_SUFFIX_KWARG": None,  # a file's format in an address is the page's
    "EXCEPTION_HANDLER": "core.api.exceptions.exception_handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Country Review Portal",
    "DESCRIPTION": "Country reviews under a treaty's review mechanism.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "LawKindEnum": "questionnaires.laws.enums.LawKind",
        "LawStatusEnum": "questionnaires.laws.enums.LawStatus",
        "QuestionKindEnum": "questionnaires.definitions.enums.QuestionKind",
        "ResponseStatusEnum": "questionnaires.responses.enums.ResponseStatus",
        "SaveStatusEnum": [("saved", "saved"), ("unchanged", "unchanged"), ("merged", "merged")],
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.api.schema.document_problems",
    ],
}
