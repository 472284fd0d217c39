#!/usr/bin/env bash
# Installs what the apps name, each as its language does. Names the ones that can be: a machine may lack a language.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
install() {
  if [ -e package.json ]; then npm install --no-audit --no-fund --prefer-offline --loglevel=error
  elif [ -e requirements.txt ]; then python3 -m venv .venv && .venv/bin/python -m pip --disable-pip-version-check --quiet install -r requirements.txt
  elif [ -e go.mod ]; then go build -o /dev/null .
  fi
}
for app in ${@:-*/}; do
  if (cd "$app" && install) > install.log 2>&1 < /dev/null; then echo "${app%/}"; else echo "skipped: ${app%/}: $(tail -n 1 install.log)" >&2; fi
done
rm -f install.log
