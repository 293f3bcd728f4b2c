// Enhances pages that work without it. Text is only ever set as text.

const root = document.documentElement
const all = (selector, within = document) => [...within.querySelectorAll(selector)]
const one = (selector, within = document) => within.querySelector(selector)
const make = (tag, attributes, ...children) => {
	const node = document.createElement(tag)
	for (const name in attributes) node.setAttribute(name, attributes[name])
	node.append(...children)
	return node
}
/** The page's own words, which the server translates: `<html data-words-late="{} late">`. */
const words = (name, english, value = '') => (root.getAttribute('data-words-' + name) ?? english).replace('{}', value)
const attempt = async work => { try { return await work() } catch {} }
const ask = (address, options = {}) => fetch(address, { ...options, headers: { Accept: 'application/json', 'X-CSRF': one('meta[name="csrf"]')?.content ?? '', ...options.headers } })

// Time by the server's clock, not the device's; exact, in the reader's zone, on hover.

const ahead = (Date.parse(root.dataset.now) || Date.now()) - performance.now()
const days = new Intl.NumberFormat(root.lang || 'en', { style: 'unit', unit: 'day', unitDisplay: 'long' })
const long = span => {
	const m = Math.floor(Math.abs(span) / 6e4), h = Math.floor(m / 60)
	return h >= 24 ? days.format(Math.round(h / 24)) : [h && `${h} h`, (m % 60 || !h) && `${m % 60} min`].filter(Boolean).join(' ')
}
const tick = () => {
	for (const time of all('time[data-relative]')) {
		const left = Date.parse(time.dateTime) - ahead - performance.now(), past = time.dataset.relative === 'past'
		time.textContent = left > 0 ? words('in', 'in {}', long(left + 59999)) : past ? words('ago', '{} ago', long(left)) : words('late', '{} late', long(left))
		if (left < 0 && !past) { const due = time.closest('.due'); due?.classList.remove('is-soon'); due?.classList.add('is-late') }
	}
}
const exact = new Intl.DateTimeFormat(root.lang || 'en', { dateStyle: 'full', timeStyle: 'long' })
for (const time of all('time[datetime]')) time.title = exact.format(new Date(time.dateTime))
tick()
setInterval(tick, 15000)

// The server writes times in the reader's zone once it knows it: from the next page on.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
if (zone) document.cookie = `zone=${encodeURIComponent(zone)}; Path=/; Max-Age=31536000; SameSite=Strict`

// Tables stay tables for listeners where CSS makes lines of them.

const roles = { 'thead, tbody': 'rowgroup', tr: 'row', td: 'cell', 'th[scope="col"]': 'columnheader', 'th[scope^="row"]': 'rowheader' }
for (const table of all('.folds, .ribbon')) {
	table.role = 'table'
	for (const part in roles) for (const node of all(part, table)) node.role = roles[part]
}

// Toasts stay while the pointer or the focus is on them.

const leave = line => setTimeout(() => line.matches(':hover, :focus-within') ? leave(line) : line.remove(), 12000)
all('body > .toasts > .toast').forEach(leave)
/** Says what was done; `undo` is called when the reader takes it back. */
export function toast(text, undo) {
	const line = make('p', { class: 'toast' }, make('span', {}, text))
	if (undo) {
		const button = make('button', { class: 'button', 'data-key': 'u' }, words('undo', 'Undo'))
		button.onclick = () => { undo(); line.remove() }
		line.append(button)
	}
	one('body > .toasts').append(line)
	leave(line)
}

// Drafts stay on this device until a page says `data-sent="key"`.

const store = localStorage, draft = 'draft:'
for (const node of all('[data-sent]')) for (const key of Object.keys(store)) if (key.startsWith(draft + node.dataset.sent)) store.removeItem(key)
for (const area of all('textarea[data-draft]')) {
	const key = draft + area.dataset.draft
	if (store[key]) area.value = store[key]
	area.oninput = () => attempt(() => { store[key] = area.value })
}
for (const form of all('form[data-forget]')) form.onsubmit = () => Object.keys(store).filter(key => key.startsWith(draft)).forEach(key => store.removeItem(key))

// Live: changes are counted and offered; nothing moves.

for (const place of all('[data-live]')) {
	const line = one('[data-changes]', place), stale = one('[data-stale]', place), source = new EventSource(place.dataset.live)
	const changed = new Set()
	let silence
	source.onopen = () => { clearTimeout(silence); silence = 0; if (stale) stale.hidden = true }
	source.onerror = () => { silence ||= setTimeout(() => { if (stale) stale.hidden = false }, 20000) }
	// In a list each case counts once; in a case each event does.
	source.addEventListener('present', e => {
		const people = new Map(JSON.parse(e.data).cases.map(line => [line.case, line.people.join(', ')]))
		for (const mark of all('[data-looking]')) {
			const here = people.get(mark.dataset.looking)
			mark.hidden = !here
			mark.textContent = here ? words('looking', 'Also looking: {}', here) : ''
		}
	})
	source.onmessage = e => {
		changed.add(place.dataset.live.includes('case=') ? e.lastEventId : e.data)
		line.hidden = false
		line.textContent = changed.size === 1 ? words('change', '1 change. Show it') : words('changes', '{} changes. Show them', changed.size)
	}
}

// What is followed counts as read once it was on the screen; without a script its button says so.

for (const form of all('form[data-seen]')) {
	const seen = async () => {
		if (document.visibilityState !== 'visible') return
		document.removeEventListener('visibilitychange', seen)
		const told = await attempt(() => ask(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) }))
		const button = one('button', form)
		if (told?.ok && button) button.hidden = true
	}
	document.addEventListener('visibilitychange', seen)
	seen()
}

// Rows that are chosen are counted; one box chooses all.

for (const form of all('form[data-picking]')) {
	const boxes = all('[name="case"]', form), every = one('[data-all]', form), count = one('[data-picked]', form)
	const tell = () => {
		const picked = boxes.filter(box => box.checked).length
		count.textContent = picked || ''
		every.checked = picked === boxes.length
		every.indeterminate = picked > 0 && picked < boxes.length
	}
	every.hidden = false
	every.onchange = () => { for (const box of boxes) box.checked = every.checked; tell() }
	form.addEventListener('change', tell)
	tell()
}

// Before signing: what it would do.

for (const form of all('form[data-preview]')) {
	const lines = one('[data-lines]', form), sign = one('[data-sign]', form)
	let latest = 0
	form.oninput = async e => {
		if (e.target.matches('textarea')) return
		const mine = ++latest
		sign.disabled = true
		const answer = await attempt(async () => (await ask(form.dataset.preview, { method: 'POST', body: new URLSearchParams(new FormData(form)) })).json())
		if (mine !== latest || !answer?.lines) return
		lines.replaceChildren(...answer.lines.map(text => make('li', {}, text)))
		sign.textContent = answer.button
		sign.disabled = false
	}
}

// What an exchange sends somebody here with stands behind the `#`, and goes into the form; going on is theirs to press.

for (const form of all('form[data-word]')) {
	const word = location.hash.slice(1)
	if (!word) continue
	form.elements[form.dataset.word].value = word
	one('[data-typed]', form).hidden = true
	one('[data-ready]', form).hidden = false
	history.replaceState(null, '', location.pathname + location.search)
}

// Files go in parts, straight to the desk, and go on where they stopped.

const mega = bytes => (bytes / 1e6).toFixed(1) + ' MB'
const kinds = { heic: 'image/heic', heif: 'image/heic', eml: 'message/rfc822', mov: 'video/quicktime', m4a: 'audio/mp4', txt: 'text/plain' }
async function send(file, { upload, type, request }, tell) {
	const key = ['upload', upload, type, request, file.name, file.size, file.lastModified].join()
	const call = async (...call) => { const response = await ask(...call); if (response.ok) return response; throw response }
	const offset = async response => (await response.json()).offset
	const media_type = file.type || kinds[file.name.split('.').pop().toLowerCase()] || 'application/octet-stream'
	let place = store[key]
	for (let wait = 1; ; wait = Math.min(wait * 2, 30)) {
		try {
			let at = 0
			if (place) at = await offset(await call(place))
			else {
				const begun = { type, media_type, bytes: file.size, name: file.name, ...request && { request } }
				place = (await call(upload, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(begun) })).headers.get('Location')
				attempt(() => { store[key] = place })
			}
			// Also where all of it is there: the last part, be it empty, puts the file on the case.
			do {
				tell(at)
				at = await offset(await call(place, { method: 'PATCH', body: file.slice(at, at + 2 ** 20), headers: { 'Content-Type': 'application/partial-upload', 'Upload-Offset': at } }))
				wait = 1
			} while (at < file.size)
			store.removeItem(key)
			return
		} catch (problem) {
			// Gone: anew. Refused: final. A broken line or a busy server: again, later.
			const isGone = place && [404, 410].includes(problem.status)
			const why = problem.status === 409 ? await attempt(() => problem.clone().json()) : undefined
			const isTurn = why?.code === 'busy' || why?.field === 'Upload-Offset'
			if (isGone || problem.status < 500 && ![408, 429].includes(problem.status) && !isTurn) { store.removeItem(key); place = undefined }
			if (!isGone && !isTurn && problem.status < 500 && ![408, 429].includes(problem.status)) throw problem
			tell(undefined, wait)
			await new Promise(done => setTimeout(done, wait * 1000))
		}
	}
}
for (const form of all('form[data-upload]')) {
	const [input, zone, preview, bar, output] = ['[type=file]', '.upload', '.preview', 'progress', 'output'].map(part => one(part, form))
	const say = text => { output.hidden = !text; output.textContent = text }
	input.onchange = () => {
		const file = input.files[0], image = file?.type.startsWith('image/')
		say(file ? `${file.name}, ${mega(file.size)}` : '')
		preview.hidden = !image
		preview.replaceChildren(...image ? [make('img', { src: URL.createObjectURL(file), alt: file.name })] : [])
		for (const broken of all('img', preview)) broken.onerror = () => { preview.hidden = true }
	}
	zone.ondragover = zone.ondragleave = zone.ondrop = e => {
		e.preventDefault()
		zone.classList.toggle('over', e.type === 'dragover')
		if (e.type === 'drop' && e.dataTransfer.files.length) { input.files = e.dataTransfer.files; input.onchange() }
	}
	form.onsubmit = async e => {
		const file = input.files[0], button = e.submitter ?? one('button', form)
		if (!file) return
		e.preventDefault()
		button.disabled = input.disabled = true
		bar.hidden = false
		try {
			await send(file, form.dataset, (sent, wait) => {
				if (wait) return say(words('broken', 'The line broke. It goes on in {} s.', wait))
				bar.value = 100 * sent / file.size
				say(`${mega(sent)} / ${mega(file.size)}`)
			})
			location.assign(form.dataset.then)
		} catch (problem) {
			const detail = await attempt(async () => (await problem.json()).detail)
			say(problem.status === 415 ? form.dataset.kinds : detail ? detail[0].toUpperCase() + detail.slice(1) : words('refused', 'The file was refused.'))
			output.classList.add('problem')
			bar.hidden = true
			button.disabled = input.disabled = false
		}
	}
}

// Keys: what a key does carries `data-key`; its name is `data-name`, or its text.

const reveal = target => {
	if (target.tagName === 'DETAILS') {
		target.open = true
		target.scrollIntoView({ block: 'nearest' })
		one('input:checked, textarea, input, select, button', target)?.focus()
	} else target.matches('input, textarea, select') ? target.focus() : target.click()
}
const arrive = () => { const target = document.getElementById(location.hash.slice(1)); if (target) target.open = true }
onhashchange = arrive
arrive()

let prefix = '', forget
onkeydown = e => {
	const plain = !(e.ctrlKey || e.metaKey || e.altKey)
	if (!plain && e.key === 'k') { e.preventDefault(); return palette() }
	if (!plain || one('dialog[open]') || e.target.closest('input:not([type="radio"], [type="checkbox"]), textarea, select')) return
	const key = prefix + e.key
	const target = all('[data-key]').find(node => node.dataset.key === key && node.checkVisibility())
	clearTimeout(forget)
	prefix = one(`[data-key^="${CSS.escape(key)} "]`) ? key + ' ' : ''
	forget = setTimeout(() => { prefix = '' }, 1200)
	if (target) { e.preventDefault(); reveal(target) }
	else if (key === '?') { e.preventDefault(); palette(true) }
	else if (key === 'x') one('.c-pick input', document.activeElement.closest('tr') ?? document.createElement('tr'))?.click()
	else if (key === 'o') document.activeElement.closest('[data-rows] a')?.click()
	else if (key === 'j' || key === 'k') {
		const links = all('[data-rows] :is(.c-what, .c-wide) a'), at = links.indexOf(document.activeElement) + (key === 'j' ? 1 : -1)
		links[Math.max(0, Math.min(links.length - 1, at))]?.focus()
	}
}

/** Search and acts; or, with `keys`, only what the keys do. */
function palette(keys) {
	if (one('dialog[open]')) return
	const label = keys ? words('keys', 'Keys') : words('palette', 'Search and acts')
	const list = make('div', { class: 'palette-list', id: 'palette-list', role: 'listbox', 'aria-label': label })
	const input = make('input', { class: 'palette-input', placeholder: label, autocomplete: 'off', role: 'combobox', 'aria-label': label, 'aria-expanded': true, 'aria-controls': 'palette-list' })
	const box = make('dialog', { class: 'palette', 'aria-label': label }, input, list)
	const own = all('[data-key]').map(node => ({ key: node.dataset.key, name: node.dataset.name ?? (one('summary span', node) ?? node).textContent.trim(), go: () => reveal(node) }))
	if (keys) own.push({ key: 'j k', name: words('move', 'Move in a list') }, { key: 'o', name: words('open', 'Open') }, ...one('[data-picking]') ? [{ key: 'x', name: words('pick', 'Choose') }] : [], { key: 'Ctrl K', name: words('palette', 'Search and acts') })
	let options = [], chosen = 0, latest = 0
	const choose = index => {
		chosen = (index + options.length) % options.length || 0
		all('[role="option"]', list).forEach((line, at) => line.setAttribute('aria-selected', at === chosen))
		list.children[chosen]?.scrollIntoView({ block: 'nearest' })
		input.setAttribute('aria-activedescendant', 'palette-' + chosen)
	}
	const go = ({ go, href }) => { box.close(); go ? go() : href && location.assign(href) }
	const show = found => {
		options = found
		list.replaceChildren(...found.map((option, index) => {
			const line = make('div', { id: 'palette-' + index, role: 'option' }, make('span', {}, option.name), make('small', {}, option.detail ?? ''))
			if (option.key) line.append(make('span', { class: 'end' }, ...option.key.split(' ').map(key => make('kbd', {}, key))))
			line.onclick = () => go(option)
			return line
		}))
		choose(0)
	}
	const look = async () => {
		const text = input.value.trim().toLowerCase(), mine = ++latest, fitting = own.filter(({ name }) => name.toLowerCase().includes(text))
		show(fitting)
		if (keys) return
		const answer = await attempt(async () => (await ask(`${one('[data-palette]')?.dataset.palette || '/palette.json'}?q=${encodeURIComponent(text)}`)).json())
		if (mine === latest && answer?.items) show([...fitting, ...answer.items.filter(({ href }) => new URL(href, location).origin === location.origin)])
	}
	input.oninput = look
	input.onkeydown = e => {
		const by = { ArrowDown: 1, ArrowUp: -1 }[e.key]
		if (by) choose(chosen + by)
		else if (e.key === 'Enter' && options[chosen]) go(options[chosen])
		else return
		e.preventDefault()
	}
	box.onclick = e => { if (e.target === box) box.close() }
	box.onclose = () => box.remove()
	document.body.append(box)
	box.showModal()
	look()
}
for (const link of all('[data-palette]')) link.onclick = e => { e.preventDefault(); palette() }

/** The word of an invitation stands behind the “#”, which no server sees: into its field, and out of the address. */
const fromHash = one('[data-from-hash]'), wordInHash = location.hash.slice(1)
if (fromHash && wordInHash) {
	one('input', fromHash).value = wordInHash
	fromHash.hidden = true
	history.replaceState(null, '', location.pathname)
}

/** A pack's folder, chosen whole: its files go along with the form, as text. */
const folder = one('[data-folder]')
if (folder) {
	folder.hidden = false
	one('input', folder).onchange = async ({ target }) => {
		const form = target.form, chosen = [...target.files].filter(({ name }) => name.endsWith('.yaml'))
		all('input[name="path"], input[name="text"], [name="file"], [name="current"]', form).forEach(node => node.remove())
		for (const file of chosen) form.append(
			make('input', { type: 'hidden', name: 'path', value: file.webkitRelativePath.split('/').slice(1).join('/') || file.name }),
			make('input', { type: 'hidden', name: 'text', value: await file.text() }))
		target.remove()
		form.append(make('input', { type: 'hidden', name: 'whole', value: 'yes' }), make('input', { type: 'hidden', name: 'do', value: 'check' }))
		form.submit()
	}
}

// Passkeys (WebAuthn): the desk asks, the browser answers, the form carries the answer. Without script, and without passkeys, there are passwords and codes.

const fromText = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0))
const toText = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

async function answered(form) {
	const reply = await ask(form.action + '/challenge', { method: 'POST', body: new URLSearchParams() }), asked = await reply.json()
	if (!reply.ok) throw new Error(asked.detail)
	const challenge = fromText(asked.challenge)
	if (form.dataset.passkey === 'get') {
		const { id, response } = await navigator.credentials.get({ publicKey: { challenge, rpId: asked.rp_id, userVerification: 'required' } })
		return { credential: id, challenge: asked.challenge, client_data: toText(response.clientDataJSON), authenticator_data: toText(response.authenticatorData), signature: toText(response.signature) }
	}
	const { response } = await navigator.credentials.create({ publicKey: {
		challenge, rp: { id: asked.rp_id, name: 'Recourse' }, user: { id: fromText(asked.user), name: asked.handle, displayName: asked.handle },
		pubKeyCredParams: [{ type: 'public-key', alg: -7 }], excludeCredentials: asked.known.map(id => ({ type: 'public-key', id: fromText(id) })),
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' }, attestation: 'none',
	} })
	return { challenge: asked.challenge, client_data: toText(response.clientDataJSON), attestation: toText(response.attestationObject) }
}
for (const form of window.PublicKeyCredential ? all('form[data-passkey]') : []) {
	form.hidden = false
	for (const line of all('[data-no-passkeys]')) line.hidden = true
	form.onsubmit = async e => {
		e.preventDefault()
		const problem = one('[data-problem]', form)
		problem.hidden = true
		try {
			const fields = await answered(form)
			for (const name in fields) form.append(make('input', { type: 'hidden', name, value: fields[name] }))
			form.submit()
		} catch (error) {
			problem.textContent = error.message
			problem.hidden = false
		}
	}
}
