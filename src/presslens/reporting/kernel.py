"""Kernel: the `python3` of this very environment, whatever kernels a user's home offers."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

NAME = "python3"
# Where matplotlib keeps its list of fonts, instead of in the user's home.
FONT_CACHE = Path(sys.prefix) / "matplotlib"


class EnvironmentKernelManager(AsyncKernelManager):
    """Starts ipykernel with the running interpreter, without looking for kernels on disk.

    A stale `python3` in the user's home is a common way for a scheduled run to break. IPython's
    start-up files of the user are left out for the same reason.
    """

    def _kernel_spec_manager_default(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[])

    def _transport_encryption_default(self) -> str:
        return "auto" if zmq.has("curve") else "disabled"

    async def _async_start_kernel(self, **options: Any) -> None:
        self._profile = tempfile.TemporaryDirectory(prefix="presslens-ipython-")
        environment = {
            "MPLCONFIGDIR": str(FONT_CACHE),
            **(options.pop("env", None) or os.environ),
            "IPYTHONDIR": self._profile.name,
        }
        await super()._async_start_kernel(env=environment, **options)

    start_kernel = _async_start_kernel

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        if not restart and hasattr(self, "_profile"):
            self._profile.cleanup()

    cleanup_resources = _async_cleanup_resources
