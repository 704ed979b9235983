/**
 * Mailbox providers and shared web hosts: a domain of theirs says nothing about the company (R18b). Whole families are
 * named once: `yahoo.co.nz` and `yahoo.de` are one provider.
 */
const FAMILIES =
  /^(?:yahoo|ymail|rocketmail|hotmail|outlook|live|msn|gmx|googlemail|aol|zohomail|yandex|orange|t-online|laposte|mail|fastmail|proton)\.(?:[a-z]{2,3}|com?\.[a-z]{2}|net\.[a-z]{2})$/

const PROVIDERS = new Set(
  [
    // Worldwide
    'gmail.com icloud.com me.com mac.com hey.com zoho.com zohomail.com protonmail.com protonmail.ch pm.me tutanota.com tuta.io',
    'tutamail.com mailbox.org posteo.de posteo.net hushmail.com inbox.com mail.ru bk.ru list.ru inbox.ru rambler.ru ya.ru qq.com',
    '163.com 126.com sina.com foxmail.com naver.com daum.net hanmail.net rediffmail.com usa.com email.com consultant.com',
    'duck.com passport.com rocketmail.com simplelogin.com anonaddy.me mozmail.com privaterelay.appleid.com runbox.com',
    // Australia
    'bigpond.com bigpond.com.au bigpond.net.au telstra.com optusnet.com.au optus.com.au tpg.com.au tpg.com iinet.net.au',
    'internode.on.net adam.com.au westnet.com.au dodo.com.au ozemail.com.au aapt.net.au netspace.net.au primus.com.au',
    'iprimus.com.au people.net.au spin.net.au exetel.com.au aussiebroadband.com.au skymesh.com.au activ8.net.au',
    'chariot.net.au bordernet.com.au southernphone.com.au virginbroadband.com.au unwired.com.au eftel.net.au',
    // New Zealand
    'xtra.co.nz slingshot.co.nz orcon.net.nz vodafone.co.nz vodafone.net.nz clear.net.nz paradise.net.nz ihug.co.nz',
    'inspire.net.nz actrix.co.nz kinect.co.nz callplus.net.nz farmside.co.nz snap.net.nz woosh.co.nz windowslive.co.nz',
    // United Kingdom and Ireland
    'btinternet.com btopenworld.com btconnect.com bt.com sky.com talktalk.net talk21.com virginmedia.com virgin.net',
    'ntlworld.com blueyonder.co.uk tiscali.co.uk plus.com plusnet.com o2.co.uk freeserve.co.uk wanadoo.co.uk eircom.net',
    'fsmail.net lineone.net supanet.com madasafish.com uwclub.net zen.co.uk demon.co.uk f2s.com tesco.net waitrose.com',
    // North America
    'comcast.net verizon.net att.net sbcglobal.net bellsouth.net charter.net cox.net earthlink.net juno.com netzero.net',
    'optonline.net optimum.net roadrunner.com rr.com windstream.net frontier.com frontiernet.net centurylink.net q.com',
    'embarqmail.com suddenlink.net mediacombb.net shaw.ca rogers.com sympatico.ca bell.net telus.net videotron.ca cogeco.ca',
    // France, Germany, Austria, Switzerland, the rest of Europe
    'free.fr wanadoo.fr sfr.fr neuf.fr bbox.fr numericable.fr club-internet.fr alice.fr aliceadsl.fr voila.fr cegetel.net',
    'web.de freenet.de arcor.de vodafone.de vodafonemail.de online.de kabelmail.de unity-mail.de o2online.de email.de',
    'aon.at chello.at bluewin.ch sunrise.ch hispeed.ch libero.it virgilio.it tin.it alice.it tiscali.it ziggo.nl kpnmail.nl',
    'planet.nl xs4all.nl telenet.be skynet.be proximus.be telefonica.net terra.es seznam.cz wp.pl onet.pl o2.pl interia.pl',
  ].flatMap((line) => line.split(' ')),
)

/** Where many companies have a page of their own behind one address; `shop.wixsite.com` is one company's, and stays. */
const SHARED_HOSTS = new Set(
  (
    'facebook.com fb.com fb.me m.facebook.com instagram.com linkedin.com twitter.com x.com youtube.com youtu.be tiktok.com ' +
    'pinterest.com linktr.ee wa.me t.me google.com sites.google.com maps.google.com goo.gl g.page bit.ly tinyurl.com ' +
    'wordpress.com wixsite.com wix.com weebly.com squarespace.com blogspot.com tumblr.com github.io business.site ' +
    'myshopify.com shopify.com etsy.com ebay.com ebay.com.au ebay.co.uk amazon.com gumtree.com gumtree.com.au ' +
    'yellowpages.com.au truelocal.com.au trademe.co.nz yell.com yelp.com tripadvisor.com airbnb.com booking.com ' +
    'eventbrite.com medium.com notion.site canva.site carrd.co'
  ).split(' '),
)

export function isFreeMail(domain: string): boolean {
  return PROVIDERS.has(domain) || FAMILIES.test(domain)
}

export function isSharedHost(host: string): boolean {
  return SHARED_HOSTS.has(host) || isFreeMail(host)
}
