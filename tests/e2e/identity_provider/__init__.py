"""An OpenID provider in a process of its own: that of django-allauth, with one person and one client."""
