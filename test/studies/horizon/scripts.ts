/** One awk script a family, as somebody writes it who has read the task and looked at two files of each folder. */
export interface Script {
  /** Folders to read, and files beside them. */
  readonly inputs: readonly string[]
  readonly output: string
  readonly awk: string
}

const BARE = 'function bare(s) { gsub(/[.,;:]/, "", s); return s }\n'

export const SCRIPTS: Readonly<Record<string, Script>> = {
  references: {
    inputs: ['cards'],
    output: 'receipts',
    awk: `${BARE}$1 == "Card" { name = $2; if (first == "") first = name }
/^The number of / { num[name] = bare($6) }
/^The seal of the hall / { seal[$6] = bare($8) }
/^A receipt is due/ { due[name] = 1; if (/hall/) hall[name] = bare($NF) }
/^After this card comes/ { nx[name] = bare($5) }
/^Go on to / { nx[name] = bare($4) }
/^Next is / { nx[name] = bare($3) }
/is not what follows|used to come next|took a wrong turn/ { nx[name] = bare($NF) }
END {
  for (c = first; c != "" && !(c in seen); c = nx[c]) {
    seen[c] = 1
    if (!due[c]) continue
    f = "receipts/" tolower(c) ".txt"
    print "number: " num[c] > f
    if (c in hall) print "seal: " seal[hall[c]] > f
    close(f)
  }
}`,
  },
  ledgers: {
    inputs: ['books', 'bank'],
    output: 'findings',
    awk: `${BARE}/^Sheet / { acc = $NF; sheet[acc] = $2 }
/^Statement / { acc = $NF; statement[acc] = $2 }
/^Branch: / { branch[acc] = $2 }
/^Note: / { post[$6] = bare($NF) }
/^2031-/ { split($0, p, "; "); books[acc, p[2]] = p[4]; any[acc, p[2]] = 1 }
/^[0-9][0-9]\\.[0-9][0-9]\\.31/ { bank[acc, $4] = $3; any[acc, $4] = 1 }
END {
  for (e in any) {
    d = books[e] - bank[e]
    if (d < 0.005 && d > -0.005) continue
    split(e, q, SUBSEP); a = q[1]; f = "findings/account-" a ".txt"
    printf "sheet: %s\\nstatement: %s\\nreference: %s\\ndifference: %.2f\\n", sheet[a], statement[a], q[2], d > f
    if (a in branch) print "post to: " post[branch[a]] > f
    close(f)
  }
}`,
  },
  configurations: {
    inputs: ['RULES.txt', 'services'],
    output: 'services',
    awk: `${BARE}FNR == 1 { file = FILENAME ~ /^services/ ? FILENAME : "services/service-1.conf" }
/^The region / { zone[$3] = bare($NF) }
/^The log level / { level[$4] = bare($NF) }
$2 == "=" { v[file, $1] = $3; files[file] = 1 }
END {
  for (f in files) {
    printf "service: %s\\nkey: %s\\nlisten: 127.0.0.1:%s\\n", v[f, "name"], v[f, "token"], v[f, "port"] > f
    printf "timeout_ms: %d\\nmemory_mb: %d\\n", v[f, "timeout"] * 1000, v[f, "memory"] * 1024 > f
    printf "zone: %s\\nlog_level: %s\\n", zone[v[f, "region"]], level[v[f, "log"]] > f
    close(f)
  }
}`,
  },
  logs: {
    inputs: ['logs', 'tickets'],
    output: 'reports',
    awk: `${BARE}/^Incident / { i = bare($2); svc[i] = $9; req[i] = $5 }
/^# log of the service/ { s = $6; host[s] = $10 }
/ did not answer / { ns[s, $2] = $6; nr[s, $2] = $NF }
/, fault / { fault[s, $2] = $NF; at[s, $2] = $1 }
$2 == "NOTE" { off[$8] = ($NF == "fast" ? -1 : 1) * $10 * 60 }
END {
  for (i in req) {
    s = svc[i]; r = req[i]
    while ((s, r) in ns) { t = ns[s, r]; r = nr[s, r]; s = t }
    split(at[s, r], h, ":")
    t = h[1] * 3600 + h[2] * 60 + h[3] + off[host[s]]
    f = "reports/incident-" i ".txt"
    printf "service: %s\\nrequest: %s\\nfault: %s\\n", s, r, fault[s, r] > f
    printf "time: %02d:%02d:%02d\\n", int(t / 3600), int(t / 60) % 60, t % 60 > f
    close(f)
  }
}`,
  },
  form: {
    inputs: ['form', 'notes'],
    output: 'form',
    awk: `${BARE}BEGIN { split("January February March April May June July August September October November December", m, " "); for (i in m) month[m[i]] = i }
/^Page / { p = bare($2); house[p] = $4; text[p] = $0 "\\n" }
/^The notes on / { text[p] = text[p] $0 "\\n\\n" }
/:$/ { text[p] = text[p] $0 "\\n" }
/^The house .* is let to / { v[$3, "tenant"] = bare($NF) }
/needs the key of / { v[$6, "key"] = bare($NF) }
/^For .* a month was agreed/ { v[$2, "rent"] = $3 }
/^Somebody has lived in / { v[$5, "since"] = sprintf("%s-%02d-%02d", bare($9), month[$8], $7) }
/^The caretaker of the quarter / { keeper[$6] = bare($8) }
END {
  for (p in house) {
    f = "form/page-" p ".txt"; n = split(text[p], line, "\\n")
    for (i = 1; i < n; i++) {
      k = line[i]
      if (k ~ /:$/) { sub(/:$/, "", k); w = k; sub(/^caretaker of /, "", w); k = k ": " (w == k ? v[house[p], k] : keeper[w]) }
      print k > f
    }
    close(f)
  }
}`,
  },
}
