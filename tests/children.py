# Prints what ^C, ^Z and fg do to a browser that runs in the reader's terminal, under a real shell with job control.
# Usage: tests/children.py target/debug/newsprint (an absolute path)
import os,pty,sys,time,select,signal,tempfile
np=sys.argv[1]; d=tempfile.mkdtemp(); home=d
br=d+'/w3m'; log=d+'/log'
open(br,'w').write('#!/bin/sh\ntrap "echo INT >> %s" INT\necho start >> %s\nn=0; while [ $n -lt 40 ]; do n=$((n+1)); sleep 0.2; [ -e %s/done ] && break; done\necho end >> %s\n'%(log,log,d,log)); os.chmod(br,0o755)
pid,fd=pty.fork()
if pid==0:
    os.environ.update(BROWSER=br,TERM='xterm',HOME=d,PS1='SH> ',NEWSPRINT_CONFIG='',LANG='C.UTF-8'); os.execvp('bash',['bash','--norc','-i'])
buf=b''
def pump(t):
    global buf; end=time.time()+t
    while time.time()<end:
        r,_,_=select.select([fd],[],[],0.1)
        if r:
            try: buf+=os.read(fd,65536)
            except OSError: return
def send(s,t): os.write(fd,s.encode()); pump(t)
pump(1); send('unset NEWSPRINT_CONFIG\n',1); send('%s demo\n'%np,9); send('o',4)
logs=lambda: open(log).read().split() if os.path.exists(log) else []
print('child started:',logs())
send('\x03',2); print('after ^C:',logs())
buf=b''; send('\x1a',3); print('after ^Z shell prompt:',b'SH>' in buf or b'Stopped' in buf); 
send('fg\n',2); open(d+'/done','w').close(); pump(4); print('after fg, end:',logs())
buf=b''; send('j',2); print('reader draws again:',len(buf)>0); send('q',3); buf=b''; send('echo alive$((1+1))\n',2); print('shell back:',b'alive2' in buf)
os.kill(pid,9)
