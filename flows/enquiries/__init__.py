"""Requests that anybody may make at any time; they change no perintah."""
