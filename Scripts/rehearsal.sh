#!/bin/sh
# Plays nine disputes on a rehearsal store, each step an ordinary command a person could type. Stops at the first step that is refused.
#
# Usage: Scripts/rehearsal.sh STORE [RECOURSE]
set -eu

store=${1:?usage: Scripts/rehearsal.sh STORE [RECOURSE]}
recourse=${2:-recourse}
export RECOURSE_STORE="$store"
unset RECOURSE_AS 2>/dev/null || true

files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT
today=$(date -u +%s)

# at 480 30: the instant 480 hours before the rehearsal and then 30 minutes on. Sets $now, the time of all that follows.
at() { now=$(date -u -d "@$((today - $1 * 3600 + ${2:-0} * 60))" +%Y-%m-%dT%H:%M:%SZ); }

# act 'what happens' WHO ARGUMENTS…: says it in one line and does it; a refusal ends the rehearsal with its sentence.
act() {
    said=$1
    who=$2
    shift 2
    printf '  %s  %s\n' "$(printf %s "$now" | cut -c1-16 | tr T ' ')" "$said"
    if ! "$recourse" "$@" --as "$who" --at "$now" >"$files/out" 2>"$files/err"; then
        cat "$files/out" "$files/err" >&2
        printf 'The rehearsal stopped: recourse %s --as %s --at %s\n' "$*" "$who" "$now" >&2
        exit 1
    fi
}

# ended CASE HOW: fails unless the case ended like that.
ended() {
    how=$("$recourse" case show "$1" --json --at "$now" | sed -n 's/.*"how":"\([^"]*\)".*/\1/p')
    [ "$how" = "$2" ] || { printf 'The rehearsal stopped: %s should have ended %s, but ended “%s”\n' "$1" "$2" "$how" >&2; exit 1; }
    printf '  → %s\n' "$2"
}

title() { printf '\n%s\n' "$1"; }

# A minute of screen, as far as the vault looks: the head of an MP4 and some frames. Different bytes for different proofs.
video() {
    { printf '\000\000\000\040ftypisom\000\000\002\000isomiso2avc1mp41\000\000\000\020mdat'; printf '%s' "$1"; } >"$files/$1.mp4"
    printf '%s' "$files/$1.mp4"
}
text() { printf '%s\n' "$2" >"$files/$1.txt"; printf '%s' "$files/$1.txt"; }

title 'The desk and the market'
at 500
if ! "$recourse" user list | grep -q '^ines '; then
    act 'ines takes claims in' machine:operator user add ines --role R1 --level L1
    act 'amir is an agent, up to 5,000 USDT' machine:operator user add amir --role R2 --level L2 --language en
    act 'bea is a senior agent, up to 50,000 USDT' machine:operator user add bea --role R2 --level L3
    act 'lee leads the team and holds second keys' machine:operator user add lee --role R3 --role R9 --level L3
    act 'sena sits on appeals' machine:operator user add sena --role R4 --level L4
    act 'tomas sits on appeals' machine:operator user add tomas --role R4 --level L4
    act 'ula sits on appeals' machine:operator user add ula --role R4 --level L4
    act 'cleo answers regulated complaints' machine:operator user add cleo --role R5 --level L4
fi
for account in maria jonas aiko; do act "$account opens an account" machine:operator exchange account "$account"; done
act 'omar, a merchant, deposits and pledges' machine:operator exchange account omar --deposit '60000 USDT' --pledge '2000 USDT'
act 'the exchange funds its protection' machine:operator exchange fund '20000 USDT'

title '1  Paid, seller silent: two notices, a ruling by default'
at 480
act 'maria orders 1,200 USDT from omar' machine:operator exchange place P2P-1001 --amount '1200 USDT' --fiat '1104 EUR' --rail SEPA-INSTANT --buyer maria --seller omar --merchant-tier VERIFIED
at 480 9
act 'maria pays and marks it paid' machine:operator exchange paid P2P-1001
at 480 40
act 'maria claims: paid, seller silent' account:maria case open --order P2P-1001 --reason P2P-B01 --statement 'I sent 1,104.00 EUR by instant transfer and omar does not answer.' --point 'The transfer carried the order number.'
at 480 45
act 'ines admits the claim; the parties may talk' ines case admit P2P-1001
at 480 50
act 'maria asks for staff' account:maria case call-staff P2P-1001
at 480 55
act 'amir takes the case' amir case take P2P-1001
act 'amir writes to both' amir case message P2P-1001 'I have asked both of you for a continuous recording of the bank app. The coins stay locked until this is decided.'
at 480 70
act 'maria gives her video' account:maria case exhibit P2P-1001 "$(video maria-1001)" --type EV-VIDEO
act 'maria gives her receipt' account:maria case exhibit P2P-1001 "$(text receipt-1001 'SEPA Instant 1104.00 EUR, reference P2P-1001, executed')" --type EV-BRCPT
at 476
act 'amir gives omar a first notice' amir case notice P2P-1001 --to seller
at 473
act 'amir gives omar a second notice' amir case notice P2P-1001 --to seller
at 455
act 'the evidence window closes' machine:operator tick
act 'amir rules by default' amir case default P2P-1001 --silent seller --outcome OUT-REL --because 'The payment is shown in one take and was not contradicted after two notices.' --fault FLT-SEL --fault-because 'The seller did not answer.' --penalty PEN-NCOOP --against seller --penalty-because 'No answer to two notices.' --answer '1=The transfer is shown in full.' --answer '2=The remark is in the recording.' --yes
at 90
act 'nobody appeals; the window closes' machine:operator tick
ended P2P-1001 ruled

title '2  Two offers in secret cross: settled at the midpoint'
at 470
act 'jonas orders 800 USDT from omar' machine:operator exchange place P2P-1002 --amount '800 USDT' --fiat '736 EUR' --rail SEPA-INSTANT --buyer jonas --seller omar --merchant-tier VERIFIED
at 470 5
act 'jonas marks it paid' machine:operator exchange paid P2P-1002
at 470 30
act 'jonas claims: the seller wants more' account:jonas case open --order P2P-1002 --reason P2P-B02 --statement 'Omar wants 40 EUR more before he releases.'
act 'ines admits the claim' ines case admit P2P-1002
at 470 33
act 'omar says in secret what he would leave jonas' account:omar case offer P2P-1002 --to-buyer '760 USDT' --blind
at 470 36
act 'jonas says in secret what he would take' account:jonas case offer P2P-1002 --to-buyer '740 USDT' --blind
at 470 40
act 'the exchange pays 750 and 50' machine:operator tick
ended P2P-1002 settled-by-parties

title '3  Beyond one key: ruling, second key, appeal to a panel of three'
at 460
act 'aiko orders 15,000 USDT from omar' machine:operator exchange place P2P-1003 --amount '15000 USDT' --fiat '13800 EUR' --rail SEPA-INSTANT --buyer aiko --seller omar --merchant-tier VERIFIED
at 460 8
act 'aiko marks it paid' machine:operator exchange paid P2P-1003
at 460 30
act 'aiko claims: paid, seller silent' account:aiko case open --order P2P-1003 --reason P2P-B01 --statement 'Paid in full; nothing was released.'
act 'ines admits the claim' ines case admit P2P-1003
at 460 35
act 'omar disputes it' account:omar case answer P2P-1003 --disputes --statement 'No money arrived on my account.'
at 460 40
act 'bea takes the case' bea case take P2P-1003
at 460 60
act 'aiko gives her video' account:aiko case exhibit P2P-1003 "$(video aiko-1003)" --type EV-VIDEO
act 'aiko gives her receipt' account:aiko case exhibit P2P-1003 "$(text receipt-1003 'SEPA Instant 13800.00 EUR, executed')" --type EV-BRCPT
act 'omar gives his video' account:omar case exhibit P2P-1003 "$(video omar-1003)" --type EV-VIDEO
at 458
act 'bea rules for aiko; more than 5,000 USDT needs a second key' bea case rule P2P-1003 --outcome OUT-REL --because 'The buyer shows the transfer and its arrival advice; the seller shows another account.' --fault FLT-SEL --fault-because 'The recording is of an account that was not agreed.' --answer '1=Paid in full, as shown.' --precedent P2P-1001=OUT-REL --yes
at 457
act 'lee turns the second key; the exchange releases' lee case approve P2P-1003
at 450
act 'omar appeals; above 10,000 USDT a panel decides' account:omar case appeal P2P-1003 --grounds 'The account in my video is mine, too.'
at 440
act 'sena votes, unseen' sena case vote P2P-1003 uphold
act 'tomas votes, unseen' tomas case vote P2P-1003 OUT-CPN
act 'ula votes; now all three are shown' ula case vote P2P-1003 uphold
at 439
act 'sena writes the decision of the majority' sena case decide-appeal P2P-1003 --result upheld --why 'The agreed account is the one in the order. The grounds add nothing new.'
ended P2P-1003 ruled

title '4  Confirmed on chain, not credited: credited'
at 430
act '500 USDT arrive for aiko, not credited' machine:operator exchange arrive DEP-77 --account aiko --amount '500 USDT'
at 429
act 'aiko claims' account:aiko case open --reason DEP-01 --order DEP-77 --party aiko --statement 'The chain shows it since yesterday.'
at 428
act 'ines admits the claim' ines case admit DEP-77
act 'bea takes the case' bea case take DEP-77
act 'aiko gives the transaction' account:aiko case exhibit DEP-77 "$(text tx-77 '0x5f1c77d0aa3b')" --type EV-TXHASH
at 426
act 'bea rules: credit it' bea case rule DEP-77 --outcome OUT-CRD --because 'Thirty confirmations; the node was behind.' --fault FLT-PLAT --fault-because 'Our node was behind.' --answer '1=It was confirmed before the claim.' --yes
at 62
act 'the window for an appeal closes' machine:operator tick
ended DEP-77 ruled

title '5  A chargeback under Visa: represented and won'
at 420
act 'jonas buys 900 USDT by card' machine:operator exchange card CB-900 --account jonas --amount '900 USDT' --fiat '830 EUR'
at 418
act 'his bank charges it back: not received' machine:acquirer case open --reason CRD-13 --order CB-900 --party jonas --scheme visa
at 417
act 'ines matches it' ines case admit CB-900
act 'bea takes the case' bea case take CB-900
act 'bea files the proof of delivery' bea case exhibit CB-900 "$(text delivery-900 'Credited to account jonas; withdrawn by him the same day')" --type EV-DELIV --side filer
act 'bea files the transaction' bea case exhibit CB-900 "$(text tx-900 '0xaa90')" --type EV-TXHASH --side filer
at 416
act 'bea rules: represent' bea case rule CB-900 --outcome OUT-REP --because 'Delivered, and used by the cardholder.' --fault FLT-BUY --fault-because 'He received the coins.' --answer '1=They were received.' --yes
act 'bea sends it to the network and notes its number' machine:acquirer case confirm CB-900 --receipt VROL-4711
at 300
act 'the network decides for us' machine:acquirer case scheme CB-900 --won --reference VROL-4711
ended CB-900 scheme-decided

title '6  An account taken over: investigated, referred to the police'
at 410
act 'maria reports a withdrawal that was not hers' account:maria case open --reason ATO-01 --party maria --amount '3000 USDT' --reference ticket:ATO-31 --statement 'I was asleep. I have not shared my code with anybody.'
at 410 5
act 'ines admits it' ines case admit ticket:ATO-31
act 'bea takes the case' bea case take ticket:ATO-31
at 409
act 'bea has told the receiving exchanges' bea case conclude ticket:ATO-31
at 400
act 'maria gives the police report' account:maria case exhibit ticket:ATO-31 "$(text police-31 'Report 11/2026, Penang')" --type EV-POLICE
act 'maria gives her statement' account:maria case exhibit ticket:ATO-31 "$(text statement-31 'I was asleep.')" --type EV-STATEMENT
at 390
act 'bea rules: referred' bea case rule ticket:ATO-31 --outcome OUT-REF --because 'The coins left to a wallet no exchange holds; the police has the trace.' --fault FLT-3RD --fault-because 'A new device from a new network, with a code caught by a false page.' --answer '1=Not authorised by the holder; not recoverable by us.' --yes
at 28
act 'the window for an appeal closes' machine:operator tick
ended ticket:ATO-31 ruled

title '7  A regulated complaint about case 1, in Malaysia'
at 470
act 'ines takes the complaint in' ines case complain P2P-1001 --of buyer --jurisdiction MY --statement 'It took you a day to decide about my own money.'
complaint=$("$recourse" case list --type COMPLAINT --all --json --at "$now" | sed -n 's/.*"short":"\([^"]*\)".*"simulated":true.*/\1/p' | tail -1)
at 469
act 'ines admits it' ines case admit "$complaint"
act 'cleo takes it' cleo case take "$complaint"
act 'cleo has looked into it' cleo case conclude "$complaint"
at 450
act 'cleo decides' cleo case rule "$complaint" --outcome OUT-APO --because 'The promises about time were kept; we should have told you what happens when.' --fault FLT-NONE --fault-because 'No promise was broken.' --answer '1=You were not told why it took a day. We are sorry.' --yes
act 'cleo sends the final response' cleo case respond "$complaint" --kind final --outcome OUT-APO --body 'The decision came within a day, as promised; we should have told you so on the way. If you disagree, the bodies outside are named below.'
ended "$complaint" responded

title '8  The parties settle it themselves; the case closes by itself'
at 60
act 'maria orders 300 USDT from omar' machine:operator exchange place P2P-1008 --amount '300 USDT' --fiat '276 EUR' --rail SEPA-INSTANT --buyer maria --seller omar
act 'maria marks it paid' machine:operator exchange paid P2P-1008
at 60 20
act 'maria claims: paid, seller silent' account:maria case open --order P2P-1008 --reason P2P-B01
at 60 24
act 'omar wakes up and releases' machine:operator exchange release P2P-1008
ended P2P-1008 escrow-moved-by-parties

title '9  Left open: under investigation, evidence asked of both sides'
at 0 -100
act 'jonas orders 2,400 USDT from omar' machine:operator exchange place P2P-1009 --amount '2400 USDT' --fiat '2208 EUR' --rail SEPA-INSTANT --buyer jonas --seller omar --merchant-tier VERIFIED
at 0 -92
act 'jonas marks it paid' machine:operator exchange paid P2P-1009
at 0 -60
act 'jonas claims: paid, seller silent' account:jonas case open --order P2P-1009 --reason P2P-B01 --statement 'Paid 2,208.00 EUR by instant transfer. Omar reads my messages and says nothing.'
at 0 -55
act 'ines admits the claim' ines case admit P2P-1009
at 0 -50
act 'jonas asks for staff' account:jonas case call-staff P2P-1009
at 0 -45
act 'amir takes the case' amir case take P2P-1009
act 'amir writes to both' amir case message P2P-1009 'Please record your bank app in one take: log in, open the list, open the transfer.'
at 0 -20
act 'jonas gives his receipt; his video is still missing' account:jonas case exhibit P2P-1009 "$(text receipt-1009 'SEPA Instant 2208.00 EUR, executed')" --type EV-BRCPT

printf '\nNine disputes played; eight are closed, one is open: recourse case show P2P-1009\n'
