"""Signing in through an OpenID Connect provider, such as a university's single sign-on."""
