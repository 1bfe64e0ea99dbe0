"""Finds and removes the metadata that cameras and programs write into pictures."""

from generator.source.attachments.pictures.dimensions import pixel_size
from generator.source.attachments.pictures.without_metadata import Picture, is_picture, read_picture

__all__ = ["Picture", "is_picture", "pixel_size", "read_picture"]
