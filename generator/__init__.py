"""gongkai 公开: static sites for the information-disclosure columns of Chinese public bodies."""

__version__ = "0.2.0"
