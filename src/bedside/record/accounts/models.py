"""Hospitals, people, and the roles that people have there for a time."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from typing_extensions import override


class Site(models.Model):
    """One hospital; its data come from its file and are looked up by its short name."""

    slug = models.SlugField(primary_key=True, max_length=64)
    plain = models.JSONField()  # the site file as it was read: name, place, phones, facts

    @override
    def __str__(self) -> str:
        return self.slug


class People(BaseUserManager["Person"]):
    """Finds people by the name they sign in with."""

    @override
    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find a person as the sign-in form names them."""
        return self.get(username=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody who works here; whoever leaves keeps their history and loses access."""

    id = models.UUIDField(primary_key=True)
    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    left_at = models.DateTimeField(null=True)
    pin = models.CharField(max_length=128, blank=True)  # Argon2; only for going on after a pause
    pin_misses = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    @override
    def __str__(self) -> str:
        return self.username


class Post(models.Model):
    """A role that a person has at a hospital, in one unit or in the whole house."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=32)  # a word of `Role`
    unit = models.CharField(max_length=40, blank=True)  # nothing is the whole house
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)  # exclusive

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "site", "role", "unit"],
                condition=Q(until=None),
                name="accounts_one_open_post",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.role} at {self.site_id}"


class Glass(models.Model):
    """A record opened in an emergency: by whom, why, until when, and who has looked at it."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    about = models.CharField(max_length=80)  # room/id
    reason = models.BinaryField()  # sealed
    broken_at = models.DateTimeField()
    until = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "about", "until"])]

    @override
    def __str__(self) -> str:
        return f"{self.about} until {self.until}"


class KeptForm(models.Model):
    """What somebody had typed when their session ended: sealed, for them, for half an hour."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True)
    path = models.CharField(max_length=200)
    fields = models.BinaryField()  # sealed
    until = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return self.path


class CountedTry(models.Model):
    """How often something was tried: Django's cache, whose table this is, counts here for us."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_tries"

    @override
    def __str__(self) -> str:
        return self.cache_key
