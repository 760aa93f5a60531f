"""The room's entry in Django's register."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """The room."""

    name = "bedside.record.questions"
    label = "questions"
