"""Every screen that the screenshots draw: a name, the workspace it needs, and how to show it.

A screen adds its scenes in a module of its own, and that module to SCENES, in one line.
"""

from tools.scenes import (
    calendar,
    customer,
    customers,
    greetings,
    imports,
    merging,
    notifications,
    program,
    promises,
    reminders,
    rules,
    toasts,
    today,
)
from tools.scenes.stage import Scene

SCENES: tuple[Scene, ...] = (
    *program.SCENES,
    *today.SCENES,
    *promises.SCENES,
    *calendar.SCENES,
    *customers.SCENES,
    *customer.SCENES,
    *imports.SCENES,
    *merging.SCENES,
    *toasts.SCENES,
    *notifications.SCENES,
    *reminders.SCENES,
    *rules.SCENES,
    *greetings.SCENES,
)
