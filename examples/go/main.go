// A capability provider of wasmCloud 0.x in Go: wasmcloud:keyvalue in memory.
//
// Everything is explained in docs/how-a-provider-works.md.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/vmihailenco/msgpack/v5"
)

type provider struct {
	hostData
	nats    *nats.Conn
	stream  nats.JetStreamContext
	store   *store
	mutex   sync.Mutex
	links   map[string]link // by actor
	slots   chan struct{}   // for calls in flight
	stopped chan struct{}
}

func main() {
	data, err := readHostData(os.Stdin)
	if err == nil {
		err = run(data)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "cannot start:", err)
		os.Exit(1)
	}
}

func run(data hostData) (err error) {
	p := &provider{hostData: data, store: newStore(), links: map[string]link{},
		slots: make(chan struct{}, 1024), stopped: make(chan struct{}, 1)}
	for _, l := range data.Links {
		p.links[l.Actor] = l
	}
	p.nats, err = nats.Connect(data.NatsURL, nats.MaxReconnects(-1), nats.ReconnectWait(200*time.Millisecond),
		nats.ReconnectHandler(func(*nats.Conn) { go p.askForLinks() }))
	if err != nil {
		return err
	}
	defer p.nats.Close()
	if p.stream, err = p.nats.JetStream(); err != nil {
		return err
	}
	subject := fmt.Sprintf("wasmbus.rpc.%s.%s.%s", data.Lattice, data.ProviderKey, data.LinkName)
	for _, s := range []struct {
		suffix, queue string
		handler       nats.MsgHandler
	}{
		{"", "rpc", p.onCall}, {".linkdefs.put", "", p.onPut}, {".linkdefs.del", "", p.onDelete},
		{".shutdown", "", p.onShutdown}, {".health", "", p.onHealth},
	} {
		if _, err = p.nats.QueueSubscribe(subject+s.suffix, s.queue, s.handler); err != nil {
			return err
		}
	}
	if err = p.nats.Flush(); err != nil {
		return err
	}
	go p.askForLinks()
	terminated := make(chan os.Signal, 1)
	signal.Notify(terminated, syscall.SIGTERM)
	select {
	case <-terminated:
	case <-p.stopped:
	}
	return nil
}

// Links: puts come many times, and those from before this process listened have to be asked for.

func (p *provider) onPut(message *nats.Msg) {
	p.onLink(message, func(l link) { p.links[l.Actor] = l })
}

func (p *provider) onDelete(message *nats.Msg) {
	p.onLink(message, func(l link) { delete(p.links, l.Actor) })
}

func (p *provider) onLink(message *nats.Msg, change func(link)) {
	var l link
	if err := msgpack.Unmarshal(message.Data, &l); err != nil || l.Actor == "" {
		fmt.Fprintf(os.Stderr, "WARN ignoring a link message of %d bytes: %v\n", len(message.Data), err)
		return
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	change(l)
}

// askForLinks asks until two answers have come; a link is dropped only if both leave it out.
func (p *provider) askForLinks() {
	var leftOut map[string]bool
	for range 10 {
		answer, err := p.nats.Request("wasmbus.ctl."+p.Lattice+".get.links", nil, 2*time.Second)
		var all struct{ Links []link }
		if err != nil || json.Unmarshal(answer.Data, &all) != nil || all.Links == nil {
			time.Sleep(time.Second) // nobody there yet, or nothing of use: what is linked stays linked
			continue
		}
		gone := p.reconcile(all.Links, leftOut)
		if leftOut != nil {
			return
		}
		leftOut = gone
		time.Sleep(2 * time.Second)
	}
}

// reconcile adds the links that there are, drops those that were left out before, too, and gives those left out now.
func (p *provider) reconcile(all []link, leftOutBefore map[string]bool) map[string]bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	gone := map[string]bool{}
	for actor := range p.links {
		gone[actor] = true
	}
	for _, l := range all {
		if l.Provider == p.ProviderKey && l.Name == p.LinkName {
			delete(gone, l.Actor)
			p.links[l.Actor] = l
		}
	}
	for actor := range gone {
		if leftOutBefore[actor] {
			delete(p.links, actor)
		}
	}
	return gone
}

func (p *provider) isLinked(actor string) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	_, linked := p.links[actor]
	return linked
}

// Health and shutdown.

func (p *provider) onHealth(message *nats.Msg) {
	reply(message, map[string]bool{"healthy": true})
}

func (p *provider) onShutdown(message *nats.Msg) {
	var request struct {
		HostID string `json:"host_id"`
	}
	_ = json.Unmarshal(message.Data, &request) // some hosts send nothing
	if message.Reply == "" || (request.HostID != "" && request.HostID != p.HostID) {
		return
	}
	_ = message.Respond([]byte("shutting down"))
	_ = p.nats.Flush()
	p.stopped <- struct{}{}
}
