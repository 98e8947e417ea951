import os
import threading

from paho.mqtt.client import CallbackAPIVersion, Client, MQTTv5

known = {}
phone = Client(CallbackAPIVersion.VERSION2, client_id='hall', protocol=MQTTv5)


@phone.connect_callback()
def welcome(client, userdata, flags, reason_code, properties):
    if reason_code.is_failure:
        return
    known.clear()
    client.subscribe([('home/#', 1)])


@phone.topic_callback('home/livingroom/temperature')
def regulate(client, userdata, message):
    is_cold = float(message.payload.decode()) < 21
    # Only when it changes.
    if is_cold != known.get('is cold'):
        client.publish('home/livingroom/heater/set', 'on' if is_cold else 'off')
    known['is cold'] = is_cold


phone.username_pw_set(os.environ['ROOM'])
phone.connect(os.environ['HOST'], int(os.environ['PORT']), keepalive=30)
phone.loop_start()
threading.Event().wait()
