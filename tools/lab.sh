#!/bin/sh
# Opens JupyterLab on the project, its file browser at notebooks/. Settings, history and kernels
# stay inside .venv, so that nothing is written to, or taken from, the user's own Jupyter.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd -P)
own=$root/.venv/jupyter
export JUPYTER_CONFIG_DIR="$own/config" JUPYTER_DATA_DIR="$own/data" JUPYTER_RUNTIME_DIR="$own/runtime"
export JUPYTERLAB_SETTINGS_DIR="$own/settings" JUPYTERLAB_WORKSPACES_DIR="$own/workspaces"
export JUPYTER_CONFIG_PATH="$root/tools/jupyter" JUPYTER_PLATFORM_DIRS=1 IPYTHONDIR="$own/ipython"
export MPLCONFIGDIR="$root/.venv/matplotlib"
export npm_config_cache="$own/npm" # jupyter-lsp asks npm, where there is one
if [ "$(id -u)" -eq 0 ]; then
    set -- --allow-root "$@"
fi
exec "$root/.venv/bin/python" -m jupyter lab --ServerApp.root_dir="$root" \
    --FileContentsManager.preferred_dir="$root/notebooks" "$@"
