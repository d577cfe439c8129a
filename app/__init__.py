"""Shuke 熟客: the customers a small business keeps."""

NAME = "Shuke"
VERSION = "0.1.0"
